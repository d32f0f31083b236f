"""Values, arrays and snapshots in, differences out: each with its path, none stops at the first."""
