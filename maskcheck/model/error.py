"""Exceptions as plain data, and what their texts mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

KindT = TypeVar("KindT", bound=Enum)


class ErrorKind(Enum):
    """What an error means; each value says it in a sentence."""

    UNKNOWN = "its text is in no row of the table"
    MISSING_ARGUMENT = "a call lacks arguments that have no default"
    UNEXPECTED_ARGUMENT = "a call has an argument that the function does not take"
    UNRECOGNIZED_ARGUMENTS = "a constructor of Keras was handed arguments that no class takes"
    REPEATED_ARGUMENT = "a call has one argument twice"
    MODULE_MISSING = "the config has the name of a class, and not the module that Keras looks for it in"
    UNKNOWN_OBJECT = "Keras does not know a class or a function under the name that the config has"
    STATE_AFTER_BUILD = "a layer that is built already was to get another weight or sub-layer"
    NEVER_BUILT = "a file has weights for a layer that has none yet"
    FEWER_VARIABLES = "a file has fewer weights for a layer than it has, and more than none"
    VALUE_NEEDED = "code needs the value of a symbolic tensor, which has none"
    LAYER_LOCKED = "a layer that Keras has closed was to get another weight; Keras has no words for it"
    LAYERS_ADDED_TWICE = "a Sequential model was to get a layer under a name that it has already"
    GRAPH_LOST = "the config of a functional model has no graph"
    DICT_AS_OBJECT = "a dict that describes an object is used like that object"
    LAMBDA_REFUSED = "Keras loads a lambda only with safe mode off"
    UNKNOWN_NAME = "code reads a name that is not defined"
    TENSOR_OUT_OF_SCOPE = "a symbolic tensor is used outside of the graph that it was made in"
    NO_CAST = "numbers are of a type that cannot be converted, as those of bfloat16 in a file"
    NAME_TAKEN = "a file has something under this name already"
    CONFIG_ITEM_UNKNOWN = "an .h5 file holds an object in its config that nobody can read"
    MODULE_UNCOPIED = "a deep copy meets a module, which Python cannot copy"
    LAMBDA_BY_NAME = "a lambda was written as its name, which leads to no function"
    NUMBER_AMONG_INPUTS = "a layer was called with a number in the place of a tensor"
    NESTED_OUTPUTS = "a SavedModel was to give something other than tensors"
    ACTIVATION_UNKNOWN = "no activation of Keras has this name"
    SUPER_NOT_CALLED = "__init__ of a layer never calls the one of its base class"
    NONE_AS_TEXT = "None is used like a text: the name of something that has none"


@dataclass(frozen=True)
class Meaning(Generic[KindT]):
    """One thing that a text says: its kind, and what was captured, as pairs of a name and a text."""

    kind: KindT
    captured: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """Return what was captured under ``name``, "" if nothing was."""
        return dict(self.captured).get(name, "")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that it speaks of: all that stand in quotes, or the one captured."""
        quoted = self.get("names").split("'")[1::2]
        return tuple(name for name in quoted if name.isidentifier()) or tuple(
            filter(None, [self.get("name")])
        )


@dataclass(frozen=True)
class ErrorInfo:
    """An exception as plain data, read once when it was caught; ``error_texts.read`` makes it.

    Nothing that judges an error reads its texts: they are there to be shown. In which step of a
    trip it was raised is not known here: ``Failure.step`` says so.
    """

    # The name of its class, and its words without addresses.
    type: str
    message: str
    # The words of the innermost exception that led to it, "" if none did.
    cause: str = ""
    # The last frame in user code.
    file: str | None = None
    line: int | None = None
    # The frames outside of the import system and of this package, cut at the beginning.
    traceback: str = ""
    # What the statement at ``line`` looks up by text.
    keys: tuple[str, ...] = ()
    # What it says, without the words of Keras around it.
    sentence: str = ""
    # All that its texts mean, those of the cause first; empty where no row of the table fits.
    meanings: tuple[Meaning[ErrorKind], ...] = ()
    # The words of the message, and those of the cause.
    words: frozenset[str] = frozenset()
    cause_words: frozenset[str] = frozenset()
    # The class whose frame raised: of the innermost frame that runs a method of a layer, or of another
    # object of the user's; "" if there is none. The frame of a classmethod belongs to the class it is for.
    raised_by: str = ""
    # The name of the function at ``line``.
    function: str = ""

    @property
    def kind(self) -> ErrorKind:
        """Return what it means most of all: what the innermost cause says, else the message."""
        return self.meanings[0].kind if self.meanings else ErrorKind.UNKNOWN

    def meaning(self, *kinds: ErrorKind) -> Meaning[ErrorKind] | None:
        """Return the first thing that it means of these kinds, None if it means none of them."""
        return next((meaning for meaning in self.meanings if meaning.kind in kinds), None)
