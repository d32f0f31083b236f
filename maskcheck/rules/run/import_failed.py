"""MC001."""

from __future__ import annotations

from maskcheck.rules.base.rule import Rule


class ImportFailed(Rule):
    """A target, or a module in it, cannot be imported.

    What it finds
        A module that raises when it is imported: a syntax error, a package that is
        not installed, a file that is read at import and is not there. Also one
        that ends the process or takes longer than the time limit. The other
        modules of the same package are still checked.

    Why it matters
        None of its layers could be checked. A program that loads a saved model
        imports the module too, so it fails there in the same way.

    Bad
        ```python
        with open("words.txt") as file:
            WORDS = file.read().split()


        @keras.saving.register_keras_serializable()
        class WordCount(keras.layers.Layer):
            def call(self, inputs):
                return inputs * len(WORDS)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class WordCount(keras.layers.Layer):
            def __init__(self, words, **kwargs):
                super().__init__(**kwargs)
                self.words = list(words)

            def call(self, inputs):
                return inputs * len(self.words)

            def get_config(self):
                return {**super().get_config(), "words": list(self.words)}
        ```

    Fix
        Run `python -c "import mymodule"` and mend what it says: install what is
        missing, and move work from the module's top level into functions.
    """

    code = "MC001"
    name = "import-failed"
    no_script = "a module that cannot be imported is shown by importing it"
    routes = ()
    mends = False
