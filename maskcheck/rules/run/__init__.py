"""Rules on the scan itself: what could not be imported, built, called or finished."""
