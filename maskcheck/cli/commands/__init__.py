"""The commands: each is declared in the file of its name."""
