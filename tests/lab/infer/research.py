"""Layers as research code writes them: odd inputs, odd arguments, demands that only an error tells."""

import dataclasses

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


class HistoryPooling(layers.Layer):
    """Weighs what a user did by its likeness to one candidate."""

    def build(self, input_shape):
        if not isinstance(input_shape, list) or len(input_shape) != 3:
            raise ValueError("needs three inputs")
        if len(input_shape[0]) != 3 or len(input_shape[1]) != 3 or len(input_shape[2]) != 2:
            raise ValueError(f"these shapes do not do: {[len(shape) for shape in input_shape]}")
        self.score = layers.Dense(1)

    def call(self, inputs):
        candidate, history, history_length = inputs
        steps = history.shape[1]
        pairs = tf.concat([tf.repeat(candidate, steps, 1), history], -1)
        seen = tf.transpose(tf.sequence_mask(history_length, steps), (0, 2, 1))
        return ops.sum(tf.where(seen, self.score(pairs), 0.0) * history, 1)


class FieldTable(layers.Layer):
    def __init__(self, field_dims, embed_dim):
        super().__init__()
        self.starts = np.cumsum([0, *field_dims[:-1]]).astype("int32")
        self.table = layers.Embedding(int(sum(field_dims)), embed_dim)

    def call(self, x):
        return self.table(x + self.starts[None])


class Hops(layers.Layer):
    def __init__(self, vocab_size, width, hops=2):
        super().__init__()
        self.tables = [layers.Embedding(vocab_size, width) for _ in range(hops + 1)]

    def call(self, inputs):
        facts, question = inputs
        state = ops.sum(self.tables[0](question), axis=1)
        for keys, values in zip(self.tables[:-1], self.tables[1:], strict=True):
            weights = ops.softmax(ops.einsum("bd,bsd->bs", state, ops.sum(keys(facts), axis=2)))
            state = state + ops.einsum("bs,bsd->bd", weights, ops.sum(values(facts), axis=2))
        return state


class ManyModes(layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.see, self.read, self.weigh = layers.Conv2D(dim, 3), layers.Embedding(50, dim), layers.Dense(dim)

    def call(self, inputs):
        seen = ops.mean(self.see(inputs["image"]), axis=(1, 2))
        read = ops.mean(self.read(inputs["text"]["input_ids"]), axis=1)
        return ops.concatenate([seen, read, self.weigh(inputs["meta"])], axis=-1)


class Cached(layers.Layer):
    def __init__(self, hidden_size, num_heads):
        if hidden_size % num_heads:
            raise ValueError(f"{hidden_size} features in {num_heads} heads")
        super().__init__()
        self.project = layers.Dense(hidden_size)

    def call(self, x, *, cache, training=False):
        keys, values = tf.concat([cache["k"], self.project(x)], 1), tf.concat([cache["v"], x], 1)
        return ops.matmul(ops.softmax(ops.matmul(x, ops.transpose(keys, (0, 2, 1)))), values)


class ReadStep(layers.Layer):
    def __init__(self, vocab, dim):
        super().__init__()
        self.table, self.cell = layers.Embedding(vocab, dim), layers.GRUCell(dim)

    def call(self, step_ids, memory, state):
        found = ops.mean(memory, axis=1) + state
        return self.cell(ops.concatenate([self.table(step_ids), found], -1), [state])


class PerFeature(layers.Layer):
    def __init__(self, num_features, units):
        super().__init__()
        self.num_features = num_features
        self.parts = [layers.Dense(units) for _ in range(num_features)]

    def call(self, inputs):
        if len(inputs) != self.num_features:
            raise ValueError(f"Expected {self.num_features} feature tensors, got {len(inputs)}")
        return ops.stack([part(one) for part, one in zip(self.parts, inputs, strict=True)], axis=1)


class Readout(layers.Layer):
    def __init__(self, how):
        super().__init__()
        self.how = {"sum": tf.math.segment_sum, "max": tf.math.segment_max}[how]

    def call(self, node_states, graph_index):
        return self.how(node_states, graph_index)


class Upward(layers.Layer):
    def __init__(self, filters, interpolation):
        super().__init__()
        self.up = layers.UpSampling2D(2, interpolation=interpolation)
        self.mix = layers.Conv2D(filters, 1)

    def call(self, inputs, skip):
        grown = self.up(inputs)
        if grown.shape[1:3] != skip.shape[1:3]:
            raise ValueError(f"skip {skip.shape[1:3]} does not fit the upsampled input {grown.shape[1:3]}")
        return self.mix(ops.concatenate([grown, skip], -1))


class Gate(layers.Layer):
    def __init__(self, num_experts: int):
        super().__init__()
        self.route = layers.Dense(num_experts)

    def call(self, tokens):
        return ops.softmax(self.route(tokens))


class Halves(layers.Layer):
    def __init__(self, input_resolution, dim):
        super().__init__()
        self.input_resolution, self.dim = input_resolution, dim
        self.reduce = layers.Dense(2 * dim)

    def call(self, x):
        rows, columns = self.input_resolution
        assert x.shape[1] == rows * columns, "the input has another resolution"
        grid = ops.reshape(x, (-1, rows, columns, x.shape[-1]))
        return self.reduce(ops.concatenate([grid[:, 0::2], grid[:, 1::2]], -1))


class Pixels(layers.Layer):
    def __init__(self, upscale_factor):
        super().__init__()
        self.factor = upscale_factor

    def call(self, x):
        if x.shape[-1] % self.factor**2:
            raise ValueError(f"channels {x.shape[-1]} must be divisible by {self.factor**2}")
        return tf.nn.depth_to_space(x, self.factor)


class Levels(layers.Layer):
    def __init__(self, bits):
        super().__init__()
        self.bits = bits

    def call(self, images):
        if images.dtype != tf.uint8:
            raise TypeError("wants the bytes of images")
        return tf.bitwise.right_shift(images, tf.cast(self.bits // 2, tf.uint8))


class Words(layers.Layer):
    def __init__(self, vocabulary, dim):
        super().__init__()
        self.index = layers.StringLookup(vocabulary=vocabulary)
        self.table = layers.Embedding(len(vocabulary) + 1, dim)

    def call(self, words):
        return self.table(self.index(words))


class Stages(layers.Layer):
    def __init__(self, stages, norm_layer, act_fn):
        super().__init__()
        self.parts = [layers.Conv2D(channels, kernel, stride) for channels, kernel, stride in stages]
        self.norm, self.act = norm_layer(epsilon=1e-5), act_fn

    def call(self, x):
        for part in self.parts:
            x = part(x)
        return self.act(self.norm(x))


@dataclasses.dataclass
class Settings:
    width: int
    activation: str
    scale: float = 0.5


class Configured(layers.Layer):
    def __init__(self, settings, **kwargs):
        super().__init__(**kwargs)
        self.settings = settings
        self.project = layers.Dense(settings.width, activation=settings.activation)

    def call(self, x):
        return self.project(x) * self.settings.scale


class Spread(layers.Layer):
    def __init__(self, attention_kwargs):
        super().__init__()
        self.attention = layers.MultiHeadAttention(**attention_kwargs)

    def call(self, x):
        return self.attention(x, x)


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
