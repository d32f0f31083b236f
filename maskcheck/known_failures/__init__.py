"""Known failures: from the spec, the baseline and comments to the findings that they cover."""
