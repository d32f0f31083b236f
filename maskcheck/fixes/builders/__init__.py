"""The edits that may mend a finding, by family of rules."""
