"""The mutation check: built-in layers extended as a user would, with one fault planted in each copy."""
