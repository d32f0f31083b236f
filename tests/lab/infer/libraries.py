"""Layers as libraries write them: masks of numbers, parts in lists, sizes that only go together."""

import keras
import tensorflow as tf
from keras import layers, ops


class GatedByCounts(layers.Layer):
    """Compares its mask with a number, which a flag is not."""

    def call(self, sequence, mask):
        return ops.where(ops.expand_dims(tf.equal(mask, 0), -1), -1.0, sequence)


class TiledMask(layers.Layer):
    """Repeats a mask that has an axis of one already."""

    def call(self, inputs):
        query, value, mask = inputs
        scores = ops.matmul(query, ops.transpose(value, (0, 2, 1)))
        return tf.where(tf.equal(tf.tile(mask, [1, 1, scores.shape[1]]), 0), -9.0, scores)


class HeadsMask(layers.Layer):
    """Adds a mask that must have an axis for heads."""

    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def call(self, x, attention_mask):
        batch, steps, width = x.shape
        parts = ops.transpose(ops.reshape(x, (batch, steps, self.heads, width // self.heads)), (0, 2, 1, 3))
        scores = ops.matmul(parts, ops.transpose(parts, (0, 1, 3, 2)))
        return ops.softmax(scores + ops.cast(attention_mask, "float32"))


class ClassToken(layers.Layer):
    def call(self, x, class_token):
        return ops.concatenate([class_token, x], axis=1)[:, 0]


class UnsetRates(layers.Layer):
    """Has arguments that are None unless given, and cannot do without them."""

    def __init__(self, width, drop=None, depth=None):
        super().__init__()
        self.parts = [layers.Dropout(drop * (1 + place)) for place in range(depth * 1)]
        self.width = width

    def call(self, x):
        return x * self.width


class Columns(layers.Layer):
    """Takes a list of mappings, and a mapping of inputs by the names in it."""

    def __init__(self, feature_columns):
        super().__init__()
        self.starts, self.size = {}, 0
        for column in feature_columns:
            self.starts[column["name"]] = self.size
            self.size += column["vocabulary_size"]

    def build(self, input_shape):
        self.table = self.add_weight(shape=(self.size, 4), initializer="normal", name="table")

    def call(self, inputs):
        places = [self.starts[name] + ids for name, ids in inputs.items()]
        return tf.nn.embedding_lookup(self.table, ops.concatenate(places, axis=-1))


class TwoTowers(keras.Model):
    """A functional model, which says itself what it takes."""

    def __init__(self, width):
        left, flags = keras.Input((3, width)), keras.Input((3,), dtype="bool")
        outputs = layers.Dense(width)(left) * ops.expand_dims(ops.cast(flags, "float32"), -1)
        super().__init__(inputs=[left, flags], outputs=outputs)


class Neighbours(layers.Layer):
    """Has a number that must be that of the steps."""

    def __init__(self, num_points):
        super().__init__()
        self.num_points = num_points

    def call(self, x):
        return x + ops.ones((2, self.num_points, x.shape[-1]))


class ShrinksFourTimes(layers.Layer):
    """Needs images that are large enough for all that it takes off."""

    def __init__(self):
        super().__init__()
        self.steps = [layers.Conv2D(4, 3, strides=2) for _ in range(4)]

    def call(self, images):
        for step in self.steps:
            images = step(images)
        return images


class LagsOfSteps(layers.Layer):
    def __init__(self, lags=(1, 8)):
        super().__init__()
        self.lags = lags

    def call(self, x):
        return ops.stack([tf.reshape(x[:, : x.shape[1] - lag], (2, -1, 8))[:, :1] for lag in self.lags], -1)


class SelectsFeatures(layers.Layer):
    """Takes a list with as many tensors as an argument says."""

    def __init__(self, nr_features, units):
        super().__init__()
        self.weigh = layers.Dense(nr_features, "softmax")
        self.parts = [layers.Dense(units) for _ in range(nr_features)]

    def call(self, inputs):
        weights = ops.expand_dims(self.weigh(ops.concatenate(inputs, axis=-1)), -1)
        parts = ops.stack([part(one) for part, one in zip(self.parts, inputs, strict=True)], axis=-2)
        return ops.sum(weights * parts, axis=-2)


class DropsFirstRows(layers.Layer):
    """Takes rows as steps, and gives nothing for the first of them."""

    def call(self, x):
        return x[4:]
