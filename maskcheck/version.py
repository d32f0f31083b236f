"""The version of maskcheck."""

VERSION = "0.1.0"
