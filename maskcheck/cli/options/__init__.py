"""The options of the commands: what they take, and where their values come from."""
