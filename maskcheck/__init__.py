"""maskcheck proves that Keras layers survive being saved and loaded, or says what is lost."""

__version__ = "0.1.0"
