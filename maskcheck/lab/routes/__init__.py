"""One route out and back, one file."""
