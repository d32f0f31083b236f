"""What every test needs."""

from __future__ import annotations

import signal

# A shell without job control starts background processes deaf to Ctrl-C, and they hand that down:
# to the commands that the tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
