"""Changes that put what a layer holds where Keras tracks and saves it."""
