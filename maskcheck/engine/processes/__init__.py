"""The processes of a scan: server, workers and helpers, and what passes between them."""
