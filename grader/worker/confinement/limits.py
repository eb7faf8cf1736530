"""What every Unix has: an environment without secrets, and resource limits."""

from __future__ import annotations

import os
import tempfile

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

AVAILABLE = resource is not None
MAX_FILE_BYTES = 64 * 2**20
MAX_OPEN_FILES = 256
KEPT_VARIABLES = ("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "TZ", "MPLCONFIGDIR")


def go_into(scratch: str) -> None:
    """Make ``scratch`` the home of this process and its only temporary folder."""
    os.chdir(scratch)
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    # The instructor's own PATH tells of folders and names; on Windows, libraries are looked for there.
    path = os.defpath if os.name == "posix" else os.environ.get("PATH", os.defpath)
    os.environ.clear()
    os.environ.update(kept, PATH=path, HOME=scratch, TMPDIR=scratch, TEMP=scratch, MPLBACKEND="Agg")
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
    # The import of TensorFlow has asked for it already, and it is remembered.
    tempfile.tempdir = scratch


def impose(memory_bytes: int) -> None:
    """Limit this process's memory, files and what it can leave behind.

    Not RLIMIT_NPROC, which counts all processes of a user, TensorFlow's
    threads among them; not RLIMIT_AS, of which TensorFlow reserves a lot.

    Raises:
        OSError: a limit cannot be set here.
    """
    if not AVAILABLE:
        raise OSError("no resource limits on this system")
    limits = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": MAX_FILE_BYTES,
        "RLIMIT_NOFILE": MAX_OPEN_FILES,
        "RLIMIT_DATA": memory_bytes,
        "RLIMIT_MSGQUEUE": 0,
    }
    try:
        for name, amount in limits.items():
            if hasattr(resource, name):
                _lower(getattr(resource, name), amount)
    except ValueError as problem:
        raise OSError(str(problem)) from None


def _lower(kind: int, amount: int) -> None:
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        amount = min(amount, most)
    resource.setrlimit(kind, (amount, amount))
