"""Layers as research code writes them: odd inputs, odd arguments, demands that only an error tells."""

import dataclasses

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
