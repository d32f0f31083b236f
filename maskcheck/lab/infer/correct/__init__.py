"""What to try next, by what an attempt showed."""
