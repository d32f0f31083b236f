from __future__ import annotations

from maskcheck.fixes.changes.behaviour.state_in_init import StateInInit
from tests.fixes.changing import apply, expect

CHANGE = StateInInit("A", "self.supports_masking = True")


def test_statement_stands_below_the_call_of_the_base_class() -> None:
    expect(
        CHANGE,
        """
        class A(B):
            def __init__(self, x, **kwargs):
                '''T.'''
                super(A, self).__init__(**kwargs)  # first
                self.x = x
        """,
        """
        class A(B):
            def __init__(self, x, **kwargs):
                '''T.'''
                super(A, self).__init__(**kwargs)  # first
                self.supports_masking = True
                self.x = x
        """,
    )


def test_class_without_init_gets_one() -> None:
    text = "class A(B):\r\n\tdef call(self, x):\r\n\t\treturn x\r\n"
    new = (
        "\tdef __init__(self, **kwargs):\r\n\t\tsuper().__init__(**kwargs)\r\n"
        "\t\tself.supports_masking = True\r\n\r\n"
    )
    assert apply(CHANGE, text) == text.replace("\tdef call", f"{new}\tdef call")
