"""MC005."""

from __future__ import annotations

from maskcheck.rules.base.rule import Rule


class Crashed(Rule):
    """The process that checked the layer died.

    What it finds
        The worker process ended while it had this layer in hand: by a signal such
        as a segmentation fault, by `os._exit`, or because the system killed it for
        want of memory. The finding says in which method of yours, as far as that is
        known, in which step, and what was printed last.
        An exception, and also `sys.exit()`, is no crash: MC003 or MC004 tell those.

    Why it matters
        The same would take a training run or a server with it. Other layers are
        not affected: each one is checked in a process that can be spared.

    Bad
        ```python
        import os


        @keras.saving.register_keras_serializable()
        class Licensed(keras.layers.Layer):
            def call(self, inputs):
                if "LICENCE" not in os.environ:
                    os._exit(1)
                return inputs
        ```

    Good
        ```python
        import os


        @keras.saving.register_keras_serializable()
        class Licensed(keras.layers.Layer):
            def call(self, inputs):
                if "LICENCE" not in os.environ:
                    raise RuntimeError("the variable LICENCE is not set")
                return inputs
        ```

    Fix
        Run the one layer with -v and look at the step that the finding names. Raise
        an exception instead of ending the process: it is told with its message. For
        a layer that cannot run here, write `skip: "the reason"` in its entry of the
        spec.
    """

    code = "MC005"
    name = "crashed"
    no_script = "a script that ends its process can assert nothing"
    routes = ()
    mends = False
