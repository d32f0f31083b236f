"""Changes of what the methods of a layer do."""
