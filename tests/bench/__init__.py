"""The benchmark: maskcheck against Keras' own layer test, on the built-in layers."""
