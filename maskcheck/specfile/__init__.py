"""What the user writes: reading ``maskcheck.yaml`` with the place of every value.

``find`` and ``reading`` give the text; ``events``, ``atoms``, ``scalars``, ``mappings`` and
``compose`` make nodes of it; ``fields`` reads nodes strictly, and with it ``literals``,
``leaves``, ``values``, ``cases``, ``layers`` up to ``load`` build the Spec. ``match`` tells
which entry means which subject.
"""
