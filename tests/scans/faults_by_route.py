"""Faults in ``fixtures/faults`` that the usual routes do not show: code, severity and the routes that do."""

from __future__ import annotations

BY_ROUTE = {
    "FormatLimit": ("MC607", "note", {"h5", "clone", "json", "tf-checkpoint"}),
    "ListInCheckpoint": ("MC607", "warning", {"tf-checkpoint"}),
    "BatchInGraph": ("MC401", "error", {"export"}),
    "TableInGraph": ("MC601", "error", {"export"}),
}
# For each route that is not taken unless it is asked for, a class whose fault it shows.
PLANTED = {
    "pickle": "PickledByHand",
    "h5": "FormatLimit",
    "clone": "ClonedAlive",
    "json": "FormatLimit",
    "tf-checkpoint": "ListInCheckpoint",
    "export": "BatchInGraph",
}
