"""Changes of what a layer writes to its config, and of what it makes of one."""
