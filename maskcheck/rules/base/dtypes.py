"""The dtype policy of the layer, as its config has it."""

from __future__ import annotations

from maskcheck.model.evidence import Evidence
from maskcheck.model.value import DictValue, Value
from maskcheck.rules.base.arguments import get_written_value

POLICY = "dtype_policy"


def find_other_policy(evidence: Evidence) -> str:
    """Return the policy that the config names where the layer had another, "" where it does not."""
    had = evidence.before.root.flags.get(POLICY) if evidence.before else None
    written = _policy_name(get_written_value(evidence, "dtype"))
    return written if isinstance(had, str) and written != had else ""


def _policy_name(policy: Value) -> str:
    """Return the name of a policy that is written as text, or as Keras serializes it."""
    for key in ("config", "name"):
        if isinstance(policy, DictValue):
            policy = next((value for name, value in policy.items if name == key), None)
    return policy if isinstance(policy, str) else ""
