"""MC006."""

from __future__ import annotations

from maskcheck.rules.base.rule import Rule


class TimedOut(Rule):
    """The layer took longer than its time limit.

    What it finds
        The layer was not done within the seconds of --timeout (60 unless told),
        all its cases and routes together. The finding says in which step it was,
        and where in your code. A layer that computes on a machine that is too
        busy for it is given more time, up to four times the limit, and the
        finding says so.

    Why it matters
        It could not be checked. Often it waits for something that never comes: a
        lock, a download, an answer on the terminal.

    Bad
        ```python
        import time


        @keras.saving.register_keras_serializable()
        class Remote(keras.layers.Layer):
            def build(self, input_shape):
                while not self.built:
                    time.sleep(1)

            def call(self, inputs):
                return inputs
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Remote(keras.layers.Layer):
            def build(self, input_shape):
                self.width = input_shape[-1]

            def call(self, inputs):
                return inputs
        ```

    Fix
        If the layer is merely slow, give it a smaller input in the spec or raise
        --timeout. If it waits, let it raise instead.
    """

    code = "MC006"
    name = "timed-out"
    no_script = "a script that never ends can assert nothing"
    routes = ()
    mends = False
