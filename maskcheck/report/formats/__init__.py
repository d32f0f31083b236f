"""The report formats, each in the file of its name."""
