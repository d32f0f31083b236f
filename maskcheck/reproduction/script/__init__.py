"""The text of a script: pure, from a request and a plan."""
