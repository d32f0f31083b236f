"""What a builder is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from maskcheck.fixes.edit import Edit, Wanted

# Yields edits, the plainest first; each of them alone may do, and a scan tells which does.
Builder = Callable[[Wanted], Iterator[Edit]]
# By the code of the rule whose findings they may mend.
Builders = Mapping[str, Builder]
