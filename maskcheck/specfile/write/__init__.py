"""From cases to the text of a spec."""
