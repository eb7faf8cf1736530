"""Which parts of the sandbox work here: each is tried, in a process that is thrown away."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable

from . import capabilities, landlock, limits, namespaces, places, seccomp, system

ENOUGH_MEMORY = 2**31


def working(wanted: frozenset[str]) -> frozenset[str]:
    """Return those of the wanted parts that can be had.

    A file of the kernel's says little about that: it may be missing where the
    part works (Landlock without securityfs), or there where it is forbidden
    (namespaces under AppArmor).
    """
    if not system.LINUX:
        return wanted & ({"limits"} if limits.AVAILABLE else set())
    found: set[str] = set()
    # Where there is no room for a folder, none of the parts that need one works.
    with contextlib.suppress(OSError), tempfile.TemporaryDirectory(prefix="probe-") as scratch:
        found.update(part for part, attempt in ATTEMPTS.items() if part in wanted and _succeeds(attempt, scratch))
    return frozenset(found)


def _try_limits(scratch: str) -> None:
    capabilities.drop()
    limits.impose(ENOUGH_MEMORY)


def _try_seccomp(scratch: str) -> None:
    system.gain_no_privileges()
    seccomp.impose()


def _try_landlock(scratch: str) -> None:
    system.gain_no_privileges()
    landlock.impose(places.readable(), scratch)


def _try_namespaces(scratch: str) -> None:
    namespaces.enter(places.readable(), scratch)


ATTEMPTS: dict[str, Callable[[str], None]] = {
    "limits": _try_limits,
    "seccomp": _try_seccomp,
    "landlock": _try_landlock,
    "namespaces": _try_namespaces,
}


def _succeeds(attempt: Callable[[str], None], scratch: str) -> bool:
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] == 0
    status = 1
    try:
        attempt(scratch)
        status = 0
    except OSError:
        pass
    finally:
        os._exit(status)
