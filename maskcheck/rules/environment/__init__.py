"""Rules on dtypes and devices."""
