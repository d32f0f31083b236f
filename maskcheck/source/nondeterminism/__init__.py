"""What in the source makes a layer differ from itself."""
