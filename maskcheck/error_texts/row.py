"""What a row of a table of error texts is, and how a text is read by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic

from maskcheck.model.error import KindT, Meaning

# Whose words a row knows. Those of Keras 2 are tf_keras'; those of Python stand since 3.10.
PYTHON, NUMPY, TENSORFLOW, H5PY = "Python 3", "NumPy 2", "TensorFlow 2", "h5py 3"
KERAS_2, KERAS_3 = "Keras 2", "Keras 3"
ANYONE = "anyone"


@dataclass(frozen=True)
class Row(Generic[KindT]):
    """One form of words, and what it means.

    Attributes:
        kind: what it means.
        pattern: the words. A named group captures; of the groups of alternatives each has a number
            after the same name (``size``, ``size2``), and the one that took part counts.
        said_by: whose words they are.
        given: a pattern that the text must hold as well.
        type: the name of the class that the error must have, any if "".
        value: captured as "value" where the words themselves name nothing.
    """

    kind: KindT
    pattern: str
    said_by: tuple[str, ...] = (ANYONE,)
    given: str = ""
    type: str = ""
    value: str = ""

    def read(self, text: str, type_name: str = "") -> Iterator[Meaning[KindT]]:
        """Yield what a text says by this row: each time something is captured, and once if nothing is."""
        if self.type not in ("", type_name) or not re.search(self.given, text):
            return
        for match in re.finditer(self.pattern, text):
            found = match.groupdict().items()
            captured = tuple((name.rstrip("0123456789"), part) for name, part in found if part is not None)
            yield Meaning(self.kind, (("value", self.value),) if self.value else captured)
            if not captured:
                return


def read_by(rows: Iterable[Row[KindT]], text: str, type_name: str = "") -> tuple[Meaning[KindT], ...]:
    """Return all that a text says by the rows of a table, in their order."""
    return tuple(meaning for row in rows for meaning in row.read(text, type_name))
