"""The class of a layer: its constructor and its methods, and what they say of arguments."""
