"""The data that flows through maskcheck: plain, frozen, free of TensorFlow.

Read the modules in this order, which is the order of the flow: ``case`` (what
to check), ``value`` and ``snapshot`` (what was seen), ``evidence`` (what the
routes gave), ``finding`` (what the rules concluded), ``report`` (what is told).
"""
