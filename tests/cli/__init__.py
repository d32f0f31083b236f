"""The command line, with an engine and rules made up for the tests."""
