"""How code is written: in blocks, between brackets, in lines of a length."""
