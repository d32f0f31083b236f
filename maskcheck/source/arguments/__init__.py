"""What source text says of constructor arguments."""
