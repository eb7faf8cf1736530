"""Ctrl-C, and the other polite ways to stop a program."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, kill, a terminal that is closed, Ctrl-Break; not every system has them all."""
PATIENCE_S = 5.0
"""Whoever presses Ctrl-C again within this time is impatient; the cleaning up goes on."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let each of the signals raise KeyboardInterrupt, so that processes and folders are cleaned up."""
    stopped = float("-inf")

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        now = time.monotonic()
        if now - stopped > PATIENCE_S:
            stopped = now
            raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    # What is ignored (by nohup, by a shell in the background) stays so.
    before = {number: signal.getsignal(number) for number in numbers if signal.getsignal(number) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
