"""Layers that write, remove, run and connect: by an argument, by a fixed path, and by ways around both."""

import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import h5py
import helpers
import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).parent


class Kept(keras.layers.Layer):
    """Keeps what it is given, and does with it what its class is for."""

    def __init__(self, target, **kwargs):
        super().__init__(**kwargs)
        self.target = target
        self.touch(target)

    def touch(self, target):
        pass

    def call(self, inputs):
        return inputs + 1.0

    def get_config(self):
        return {**super().get_config(), "target": self.target}


class Opens(Kept):
    def touch(self, target):
        with open(target, "w") as file:
            file.write("mine now")


class WritesText(Kept):
    def touch(self, target):
        Path(target).write_text("mine now")


class RemovesTree(Kept):
    def touch(self, target):
        shutil.rmtree(target)


class Removes(Kept):
    def touch(self, target):
        os.remove(target)


class RemovesInSecret(Kept):
    def touch(self, target):
        getattr(os, "un" + "link")(HERE / str(target))


class Renames(Kept):
    def touch(self, target):
        os.rename(target, f"{target}_2")


class MakesLink(Kept):
    def touch(self, target):
        os.symlink(target, HERE / "linked")


class ChangesMode(Kept):
    def touch(self, target):
        os.chmod(HERE / str(target), 0o600)


class SavesArray(Kept):
    def touch(self, target):
        np.save(target, np.ones(3))


class SavesHdf5(Kept):
    def touch(self, target):
        h5py.File(HERE / str(target), "w").close()


class WritesByTensorFlow(Kept):
    def touch(self, target):
        with tf.io.gfile.GFile(str(HERE / str(target)), "w") as file:
            file.write("mine now")


class RemovesByTensorFlow(Kept):
    def touch(self, target):
        tf.io.gfile.rmtree(str(HERE / "data"))


class SavesCheckpoint(Kept):
    def touch(self, target):
        tf.train.Checkpoint(v=tf.Variable(1.0)).save(str(HERE / "checkpoint"))


class WritesInGraph(Kept):
    def call(self, inputs):
        tf.io.write_file(str(HERE / "a"), "mine now")
        return inputs + 1.0


class MakesTemporary(Kept):
    def touch(self, target):
        with tempfile.NamedTemporaryFile(dir=HERE, delete=False) as file:
            file.write(b"mine now")


class Runs(Kept):
    def touch(self, target):
        subprocess.run(["touch", str(HERE / "touched")], check=True)


class RunsInShell(Kept):
    def touch(self, target):
        os.system(f"touch {HERE / 'touched'}")


class Connects(Kept):
    def touch(self, target):
        socket.create_connection((str(target), 9), timeout=1).close()


class Logs(Kept):
    def touch(self, target):
        logging.FileHandler(HERE / f"{target}.log").close()


class KeepsDatabase(Kept):
    def touch(self, target):
        sqlite3.connect(HERE / f"{target}.db").execute("create table t (x)")


class Zips(Kept):
    def touch(self, target):
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("x", "y")


class CallsHelper(Kept):
    def touch(self, target):
        helpers.write_report(target, "mine now")


class CallsOtherHelper(Kept):
    def touch(self, target):
        helpers.clear(target)


class FromBase(Opens):
    """What it does is done by its base."""


class InBuild(Kept):
    def build(self, input_shape):
        shutil.rmtree(self.target, ignore_errors=True)
        Path(self.target).mkdir()


class InConfig(Kept):
    def get_config(self):
        (HERE / "a").write_text("mine now")
        return super().get_config()


class GoesElsewhere(Kept):
    def touch(self, target):
        os.chdir(HERE)
        with open("a", "w") as file:
            file.write("mine now")


class TakesDescriptor(Kept):
    def touch(self, target):
        with open(int(target), "w", closefd=False) as file:
            file.write("mine now")


class Swallows(Kept):
    """Goes on where it is kept from writing."""

    def touch(self, target):
        with suppress(OSError):
            (HERE / "a").write_text("mine now")


class WithFolder(keras.layers.Layer):
    """Takes a folder that has a name of its own, and one that is optional."""

    def __init__(self, out_dir, cache_dir=None, **kwargs):
        super().__init__(**kwargs)
        self.out_dir = out_dir
        self.cache_dir = cache_dir
        shutil.rmtree(out_dir, ignore_errors=True)
        os.makedirs(out_dir)
        if cache_dir:
            shutil.rmtree(cache_dir)

    def call(self, inputs):
        return inputs + 1.0

    def get_config(self):
        return {**super().get_config(), "out_dir": self.out_dir, "cache_dir": self.cache_dir}


@keras.saving.register_keras_serializable("outside")
class Optional(keras.layers.Layer):
    """Writes only where it is told to."""

    def __init__(self, units=4, log_path=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.log_path = log_path
        if log_path:
            Path(log_path).write_text("mine now")

    def call(self, inputs):
        return inputs * self.units

    def get_config(self):
        return {**super().get_config(), "units": self.units, "log_path": self.log_path}


@keras.saving.register_keras_serializable("outside")
class Innocent(keras.layers.Layer):
    def call(self, inputs):
        return inputs + 1.0
