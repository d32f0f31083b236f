"""MC608."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.evidence import Trip
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.touch import Touch
from maskcheck.rules.base.rule import Look, Rule
from maskcheck.rules.base.source_location import Place, locate
from maskcheck.rules.base.text import join_first_names

_NOT_FOUND = "it is not found"


class ExternalFile(Rule):
    """A loaded layer reads a file that is not in the saved one.

    What it finds
        While the .keras file is loaded, or the layer that came back is called, its
        code opens another file: one with a vocabulary, a table, pretrained weights.
        The finding names it, and the line that opens it. The new process that loads
        the file works in an empty directory: a relative path leads nowhere there, as
        it will on other machines, and then the finding says so.
        Not meant are source text, the files of Python and of installed packages, and
        those in the temporary directory. What libraries read below Python is not
        seen, but for TensorFlow and HDF5.

    Why it matters
        Whoever gets the .keras file gets half of the model. Where the other file has
        another content by then, the model does something else, and nobody is told.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class WordCount(keras.layers.Layer):
            def __init__(self, vocab_path, **kwargs):
                super().__init__(**kwargs)
                self.vocab_path = vocab_path
                with open(vocab_path) as file:
                    self.words = file.read().split()

            def call(self, inputs):
                return inputs / len(self.words)

            def get_config(self):
                return {**super().get_config(), "vocab_path": self.vocab_path}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class WordCount(keras.layers.Layer):
            def __init__(self, words, **kwargs):
                super().__init__(**kwargs)
                self.words = list(words)

            @classmethod
            def from_file(cls, vocab_path, **kwargs):
                with open(vocab_path) as file:
                    return cls(file.read().split(), **kwargs)

            def call(self, inputs):
                return inputs / len(self.words)

            def get_config(self):
                return {**super().get_config(), "words": self.words}
        ```

    Fix
        Take the content as an argument and write it to the config; a classmethod can
        read it from the file once. What is too large for a config is written by
        `save_assets` and read by `load_assets`, or is a weight.
    """

    code = "MC608"
    name = "external-file"
    severity = Severity.WARNING
    # What the new process does not find comes first: of findings that are alike the first is told.
    routes = ("fresh", "keras")
    needs_arrival = False
    local = True
    mends = False

    def explains(self, finding: Finding) -> bool:
        """A file that is not found is why nothing comes back."""
        return _NOT_FOUND in finding.message

    def check(self, look: Look) -> Iterator[Finding]:
        """Judge what was read on the way back."""
        if look.trip is None:
            return
        found = list(_list_files(look.trip))
        if not found:
            return
        # Those of all trips: one that ends early reads less, and the fault is the same.
        every = (
            touch for trip in look.evidence.trips if trip.route in self.routes for touch in _list_files(trip)
        )
        names = list(dict.fromkeys(touch.name for touch in every))
        files = "it" if len(names) == 1 else "they"
        missing = _describe_missing(look.trip, found)
        verb = "is" if len(names) == 1 else "are"
        yield self.finding(
            look,
            names,
            f"the model needs {join_first_names(names)}, which {verb} not in the .keras file{missing}",
            hint=f"write to the config, or by save_assets, what {files} hold{'s' * (files == 'it')}",
            **_place(look, found[0]),
        )


def _list_files(trip: Trip) -> Iterator[Touch]:
    """Yield the files that were read, and those whose absence is why the file does not load."""
    for touch in trip.touches:
        if touch.act == "read" and (not touch.missing or _is_missed(trip, touch)):
            yield touch


def _is_missed(trip: Trip, touch: Touch) -> bool:
    """Tell whether the line that did not find the file is the one that raised."""
    error = trip.failure.error if trip.failure else None
    return (
        error is not None and touch.file is not None and (error.file, error.line) == (touch.file, touch.line)
    )


def _describe_missing(trip: Trip, found: list[Touch]) -> str:
    if trip.failure is None or not any(touch.missing for touch in found):
        return ""
    where = "in a new process, which works in an empty directory" if trip.elsewhere else "when it is loaded"
    return f"; {where}, {_NOT_FOUND}"


def _place(look: Look, touch: Touch) -> Place:
    if touch.file:
        return {"file": touch.file, "line": touch.line}
    return locate(look.evidence, "from_config", "__init__", "build", "call")
