"""Proving each constructor argument with a second value: find it, build with it, bring it back."""
