"""What a refused config means, from the words of Python and Keras."""

from __future__ import annotations

import re

from maskcheck.model.snapshot import ErrorInfo
from maskcheck.rules.base.text import listed

# What Python and Keras say when a constructor refuses a config -> what it means, what to write.
_PATTERNS = (
    (
        r"missing \d+ required (?:positional|keyword-only) arguments?: ('\w+'.*)",
        "the required argument {0} is not in the config",
        'config.update({{"{0}": self.{0}}})',
    ),
    (
        r"got an unexpected keyword argument '(\w+)'",
        "the config has {0}, which __init__ does not take",
        "take **kwargs in __init__ and pass them to super().__init__(**kwargs)",
    ),
    (
        r"got multiple values for (?:keyword )?argument '(\w+)'",
        "{0} is fixed in __init__ and comes again from the config",
        'config.pop("{0}") in get_config, or let __init__ take {0}',
    ),
    (
        r"Unrecognized keyword arguments passed to \w+: \{{'(\w+)'",
        "the config has {0}, which no constructor takes",
        "write the key under the name of the argument, or leave it out",
    ),
    (
        r"Could not locate (?:function|class) '(?:\w+>)?(\w+)'",
        "{0} is not registered, so Keras cannot find it when loading",
        "@keras.saving.register_keras_serializable() above {0}",
    ),
    (
        r"cannot add new elements of state .* that is already (built)",
        "a sub-layer comes back {0} from its config, and build() builds it again",
        "if not self.inner.built: self.inner.build(input_shape)",
    ),
)


def explain(error: ErrorInfo) -> tuple[tuple[str, ...], str, str]:
    """Return the subjects, the meaning and the remedy of a refusal; all empty if it is unknown."""
    for text in (error.cause, error.message):
        for pattern, meaning, hint in _PATTERNS:
            found = re.search(pattern.replace("{{", "{"), text)
            if found:
                names = tuple(re.findall(r"\w+", found.group(1).replace(" and ", " ")))
                return names, meaning.format(listed(names)), hint.format(listed(names))
    return (), "", ""
