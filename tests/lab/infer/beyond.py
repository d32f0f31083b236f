"""Layers for which nothing can be inferred: what they need stands nowhere."""

from keras import layers, ops


class ByParameters(layers.Layer):
    """Takes an object of a class that is not known here."""

    def __init__(self, units, hparams):
        super().__init__()
        self.project = layers.Dense(units * hparams.widening)

    def call(self, x):
        return self.project(x)


class Secretive(layers.Layer):
    """Accepts one shape, and never says which."""

    def __init__(self, units):
        super().__init__()
        self.project = layers.Dense(units)

    def call(self, query, input_ids, training=False):
        if query.shape[1:] != (11, 37):
            raise ValueError("no")
        return self.project(query) + ops.cast(input_ids, "float32")[:, :1, None]


class NeedsPackage(layers.Layer):
    def __init__(self, depth):
        super().__init__()
        import no_such_package

        self.model = no_such_package.build(depth)

    def call(self, x):
        return self.model(x)
