"""The builders for findings on files and what reads them."""
