"""Live layers: the only package that imports TensorFlow, Keras and the user's code."""
