"""What keeps a process whole, whatever user code does to it, and finds what it left behind."""
