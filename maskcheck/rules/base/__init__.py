"""What a rule is, and what several rules share."""
