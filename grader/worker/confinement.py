"""Limits that a child puts on itself before it reads the student's code.

Each step says whether it held; the parent prints the level that results.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile

MAX_FILE_BYTES = 64 * 2**20
MAX_OPEN_FILES = 256
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "TZ", "MPLCONFIGDIR")


def confine(scratch: str, memory_bytes: int) -> str:
    """Shut this process into ``scratch`` as far as the platform allows.

    Returns:
        ``"C"`` where resource limits are in force, ``"D"`` where there is only
        a process with a deadline.
    """
    os.chdir(scratch)
    _scrub_environment(scratch)
    _die_with_parent()
    return "C" if _limit_resources(memory_bytes) else "D"


def _scrub_environment(scratch: str) -> None:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    os.environ.clear()
    os.environ.update(kept, HOME=scratch, TMPDIR=scratch, TEMP=scratch, MPLBACKEND="Agg")
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
    # The import of TensorFlow has asked for it already, and it is remembered.
    tempfile.tempdir = scratch


def _die_with_parent() -> None:
    """Ask Linux to kill this process when its parent dies."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415

    set_parent_death_signal, no_new_privileges = 1, 38
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
    libc.prctl(no_new_privileges, 1, 0, 0, 0)


def _limit_resources(memory_bytes: int) -> bool:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return False
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_DATA, memory_bytes),
    ]
    try:
        for kind, amount in limits:
            resource.setrlimit(kind, (amount, amount))
    except (ValueError, OSError):
        return False
    return True
