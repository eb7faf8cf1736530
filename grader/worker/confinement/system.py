"""System calls of Linux, by ``ctypes``: an error is an OSError, as everywhere in Python."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys

LINUX = sys.platform == "linux"
MACHINE = platform.machine()

SET_PARENT_DEATH_SIGNAL = 1
SET_DUMPABLE = 4
SET_SECCOMP = 22
DROP_FROM_BOUNDING_SET = 24
SET_CHILD_SUBREAPER = 36
SET_NO_NEW_PRIVILEGES = 38
AMBIENT_CAPABILITIES, CLEAR_ALL = 47, 4

# The C library of this process: no search for it, which would start a compiler.
LIBC = ctypes.CDLL(None, use_errno=True) if LINUX else None


def checked(result: int) -> int:
    """Return what a system call returned; raise what it set ``errno`` to."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def syscall(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | bytes | None) -> int:
    """Call the kernel by number: an integer, a buffer or nothing for each argument."""
    assert LIBC is not None
    given = [ctypes.c_long(each) if isinstance(each, int) else ctypes.c_char_p(each) for each in map(_plain, arguments)]
    return checked(LIBC.syscall(ctypes.c_long(number), *given))


def _plain(argument: int | ctypes.Array[ctypes.c_char] | bytes | None) -> int | bytes | None:
    return ctypes.addressof(argument) if isinstance(argument, ctypes.Array) else argument


def prctl(option: int, *arguments: int) -> int:
    """Change something about this process."""
    assert LIBC is not None
    padded = [*arguments, 0, 0, 0, 0][:4]
    return checked(LIBC.prctl(ctypes.c_int(option), *(ctypes.c_ulong(each) for each in padded)))


def die_with_parent() -> None:
    """Ask Linux to kill this process when the thread that made it ends."""
    prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def gain_no_privileges() -> None:
    """Give up gaining privileges by ``exec``, for ever."""
    prctl(SET_NO_NEW_PRIVILEGES, 1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent has ended."""
    prctl(SET_CHILD_SUBREAPER, 1)


def be_closed_to_others(*, closed: bool = True) -> None:
    """Keep processes of the same user out of this one's memory (ptrace, ``/proc/PID/mem``)."""
    prctl(SET_DUMPABLE, int(not closed))


def thread_count() -> int:
    """Return the number of threads of this process, as the system counts them."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        import threading  # noqa: PLC0415

        return threading.active_count()


def require_one_thread() -> None:
    """Refuse to go on with several threads: most parts bind only the one that asks for them.

    Raises:
        OSError: there are several.
    """
    count = thread_count()
    if count != 1:
        raise OSError(f"this process has {count} threads")
