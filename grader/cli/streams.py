"""Standard input, output and error, as whoever started the grader left them."""

from __future__ import annotations

import io
import os
import sys


def make_usable() -> None:
    """See to it that the three standard streams are there, and that any text can be written to them."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed; else the next file or socket to be opened would take its number
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def discard_output() -> None:
    """Let go what cannot be written, or Python tries again when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
