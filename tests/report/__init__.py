"""The report formats, on reports made by hand."""
