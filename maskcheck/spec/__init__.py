"""What the user writes: reading ``maskcheck.yaml`` with the place of every value."""
