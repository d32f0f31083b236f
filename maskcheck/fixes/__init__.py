"""From findings to edits of the source that were seen to work."""
