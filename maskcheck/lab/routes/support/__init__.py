"""What several routes need: carriers, archives, and layers in other states."""
