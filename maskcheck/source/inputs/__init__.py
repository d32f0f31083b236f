"""What source text says of the inputs of a layer."""
