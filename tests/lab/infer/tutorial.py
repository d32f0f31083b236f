"""Layers as tutorials and projects write them: nothing in them is meant for inference."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


class TransformerBlock(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1):
        super().__init__()
        if embed_dim % num_heads != 0:
            raise ValueError(f"embedding dimension {embed_dim} should be divisible by {num_heads} heads")
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
        self.norms = [layers.LayerNormalization(epsilon=1e-6) for _ in range(2)]
        self.dropout = layers.Dropout(rate)

    def call(self, inputs, training):
        out = self.norms[0](inputs + self.dropout(self.att(inputs, inputs), training=training))
        return self.norms[1](out + self.dropout(self.ffn(out), training=training))


class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(input_dim=vocab_size, output_dim=embed_dim)
        self.pos_emb = layers.Embedding(input_dim=maxlen, output_dim=embed_dim)

    def call(self, x):
        positions = ops.arange(0, ops.shape(x)[-1], 1)
        return self.token_emb(x) + self.pos_emb(positions)


class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        batch, height, width, channels = images.shape
        patches = ops.image.extract_patches(images, size=self.patch_size)
        count = (height // self.patch_size) * (width // self.patch_size)
        return ops.reshape(patches, (batch, count, self.patch_size * self.patch_size * channels))


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=projection_dim)
        self.position_embedding = layers.Embedding(input_dim=num_patches, output_dim=projection_dim)

    def call(self, patch):
        positions = ops.arange(start=0, stop=self.num_patches, step=1)
        return self.projection(patch) + self.position_embedding(positions)


class SqueezeExcite(layers.Layer):
    def __init__(self, ratio=4, **kwargs):
        super().__init__(**kwargs)
        self.ratio = ratio

    def build(self, input_shape):
        channels = input_shape[3]
        self.squeeze = layers.Dense(channels // self.ratio or 1, activation="relu")
        self.excite = layers.Dense(channels, activation="sigmoid")

    def call(self, inputs):
        pooled = ops.mean(inputs, axis=(1, 2), keepdims=True)
        return inputs * self.excite(self.squeeze(pooled))


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        batch, dim = ops.shape(z_mean)
        return z_mean + ops.exp(0.5 * z_log_var) * ops.ones((batch, dim))


class VectorQuantizer(layers.Layer):
    def __init__(self, num_embeddings, embedding_dim, beta=0.25, **kwargs):
        super().__init__(**kwargs)
        self.embedding_dim = embedding_dim
        self.beta = beta
        self.table = self.add_weight(shape=(embedding_dim, num_embeddings), initializer="glorot_uniform")

    def call(self, x):
        flat = ops.reshape(x, [-1, self.embedding_dim])
        codes = ops.argmin(ops.sum(self.table**2, axis=0) - 2 * ops.matmul(flat, self.table), axis=1)
        return ops.reshape(ops.take(ops.transpose(self.table), codes, axis=0), ops.shape(x))


class BahdanauAttention(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.w1, self.w2, self.v = layers.Dense(units), layers.Dense(units), layers.Dense(1)

    def call(self, query, values):
        score = self.v(ops.tanh(self.w1(ops.expand_dims(query, 1)) + self.w2(values)))
        weights = ops.softmax(score, axis=1)
        return ops.sum(weights * values, axis=1), weights


class PositionalEncoding(layers.Layer):
    def __init__(self, position, d_model):
        super().__init__()
        angles = np.arange(position)[:, None] / 10.0 ** np.arange(d_model)[None, :]
        self.encoding = tf.cast(np.sin(angles)[None], tf.float32)

    def call(self, inputs):
        return inputs + self.encoding[:, : tf.shape(inputs)[1], :]


class ResidualBlock(layers.Layer):
    def __init__(self, filters, strides=1, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.activation = keras.activations.get(activation)
        self.main = [layers.Conv2D(filters, 3, strides=strides, padding="same"), layers.BatchNormalization()]

    def call(self, inputs):
        z = inputs
        for layer in self.main:
            z = layer(z)
        return self.activation(z + inputs)


class Linear(layers.Layer):
    def __init__(self, units=32, input_dim=32):
        super().__init__()
        self.w = self.add_weight(shape=(input_dim, units), initializer="random_normal")

    def call(self, inputs):
        return ops.matmul(inputs, self.w)


class DistanceLayer(layers.Layer):
    def call(self, anchor, positive, negative):
        near = ops.sum(ops.square(anchor - positive), -1)
        return near, ops.sum(ops.square(anchor - negative), -1)


class CrossAttentionByName(layers.Layer):
    def __init__(self, heads=2, dim=8):
        super().__init__()
        self.attention = layers.MultiHeadAttention(heads, dim)

    def call(self, inputs):
        return self.attention(inputs["query"], inputs["value"], key=inputs["key"])


class MinimalCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.recurrent = self.add_weight(shape=(self.units, self.units))

    def call(self, inputs, states):
        output = ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent)
        return output, [output]


class AttentionPooling(layers.Layer):
    def __init__(self, mode="mean", **kwargs):
        super().__init__(**kwargs)
        if mode not in ("mean", "max"):
            raise ValueError(f"mode must be mean or max, not {mode}")
        self.mode = mode

    def call(self, x, mask):
        weights = ops.expand_dims(ops.cast(mask, x.dtype), -1)
        return ops.max(x * weights, 1) if self.mode == "max" else ops.mean(x * weights, 1)


class GatherEdges(layers.Layer):
    def call(self, inputs):
        nodes, edges = inputs
        assert edges.shape[-1] == 2, "an edge joins two nodes"
        return tf.gather(nodes, edges[:, 0], axis=0) + tf.gather(nodes, edges[:, 1], axis=0)


class Stack(layers.Layer):
    """Applies each of its layers.

    Args:
        parts: list of layers.
        names: list of str.
    """

    def __init__(self, parts, names, how="sum"):
        super().__init__()
        self.parts, self.names = list(parts), [name.lower() for name in names]
        self.how = {"sum": ops.sum, "mean": ops.mean}[how]

    def call(self, inputs):
        return self.how(ops.stack([part(inputs) for part in self.parts]), axis=0)
