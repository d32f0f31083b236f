"""What a project says of itself in ``[tool.maskcheck]`` of its ``pyproject.toml``."""
