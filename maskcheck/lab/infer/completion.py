"""Cases of a spec that say only how a layer is made, or only what it is called on."""

from __future__ import annotations

import inspect

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.constructor import required_arguments
from maskcheck.lab.layer_class.entry import find_entry
from maskcheck.model.case import Case

# Where nothing is known of a case.
NOTHING = Case("inferred", "inferred")


def is_partial(cls: type[keras.Layer], case: Case) -> bool:
    """Tell whether a case lacks arguments that the constructor or a call cannot do without."""
    unmade = set(required_arguments(cls)) - case.init.keys()
    return bool(unmade) or not (case.args or _can_be_called(cls, case))


def _can_be_called(cls: type[keras.Layer], case: Case) -> bool:
    """Tell whether a call takes what a case without positional arguments gives it."""
    try:
        inspect.signature(find_entry(cls)).bind(None, **case.call)
    except TypeError:
        return False
    except ValueError:  # no signature to read
        return True
    return True


def keeps(attempt: Attempt, given: Case) -> bool:
    """Tell whether an attempt has all that is given."""
    named = all(repr(attempt.init.get(name)) == repr(value) for name, value in given.init.items())
    called = all(repr(attempt.call.get(name)) == repr(value) for name, value in given.call.items())
    return named and called and (not given.args or repr(attempt.args) == repr(given.args))
