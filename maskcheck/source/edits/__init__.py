"""Where in the source something is to be written."""
