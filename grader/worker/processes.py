"""Processes as Linux shows them: what one uses, all that come from it, and their end.

Elsewhere nothing is known of a process but its number.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import stat
import time
from collections.abc import Iterator
from typing import TypedDict

from .confinement import system

END_WITHIN_S = 2.0
"""A process that keeps forking is run after for so long."""
LOOK_AROUND_S = 0.2
LIFELINE = 0


class Usage(TypedDict):
    """What a process and all that come from it hold."""

    ended: bool
    """The process itself is no more; what it started may go on."""
    memory: int
    """Bytes that are in memory and in no file; what processes share counts for each."""
    tasks: int
    """Processes and threads."""
    unlinked: int
    """Bytes on the disk of files that have no name any more."""


def usage(pid: int) -> Usage:
    """Return what a process and its descendants use; nothing where that cannot be seen."""
    found = Usage(ended=system.LINUX and not _is_alive(pid), memory=0, tasks=0, unlinked=0)
    for each in (pid, *descendants(pid)):
        fields = _status(each)
        found["memory"] += 1024 * (int(fields.get("RssAnon", 0)) + int(fields.get("RssShmem", 0)))
        found["tasks"] += int(fields.get("Threads", 0))
        found["unlinked"] += _unlinked_bytes(each)
    return found


def _status(pid: int) -> dict[str, str]:
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
            lines = [line.partition(":") for line in file]
    except OSError:
        return {}
    return {name: value.removesuffix("kB\n").strip() for name, _, value in lines}


def _unlinked_bytes(pid: int) -> int:
    seen = {}
    with contextlib.suppress(OSError):
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                file = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(file.st_mode) and not file.st_nlink:
                    seen[file.st_dev, file.st_ino] = file.st_blocks * 512
    return sum(seen.values())


def children(pid: int) -> list[int]:
    """Return the living children of a process."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                found += map(int, file.read().split())
    return [each for each in found if _is_alive(each)]


def _is_alive(pid: int) -> bool:
    return _status(pid).get("State", "Z")[0] not in "ZX"


def descendants(pid: int) -> Iterator[int]:
    """Yield the living processes that come from this one."""
    waiting = children(pid)
    while waiting:
        each = waiting.pop()
        yield each
        waiting += children(each)


def end_tree(pid: int) -> None:
    """Kill a process and all that come from it, however they hide.

    It is stopped first, so that it starts no more; as it adopts orphans, its
    descendants stay its own, whatever session or group they moved to.
    """
    send(pid, signal.SIGSTOP)
    end_descendants(pid)
    send(pid, signal.SIGKILL)


def end_descendants(pid: int, *, keep: frozenset[int] = frozenset()) -> None:
    """Kill all that come from a process, but for the children to keep."""
    deadline = time.monotonic() + END_WITHIN_S
    while time.monotonic() < deadline:
        doomed = [each for child in children(pid) if child not in keep for each in (child, *descendants(child))]
        if not doomed:
            return
        for each in doomed:
            send(each, signal.SIGKILL)


def send(pid: int, number: int) -> None:
    """Send a signal to a process, if it is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def stay_behind_a_guard() -> None:
    """Return in a child of this process, which stays behind to take the child's descendants with it.

    For a worker that is the grader's own child: of a zygote's children, the
    zygote takes care. The guard ends like its child; SIGTERM, and the end of
    whoever holds the other end of its standard input, end both.
    """
    awaited = {signal.SIGCHLD, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    system.adopt_orphans()
    pid = os.fork()
    if not pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
        system.die_with_parent()
        return
    _guard(pid, awaited)


def _guard(pid: int, awaited: set[signal.Signals]) -> None:
    """Wait for the child's end, or bring it about, and end like it."""
    system.be_closed_to_others()
    for descriptor in (1, 2):
        os.close(descriptor)
    lifeline = select.poll()
    lifeline.register(LIFELINE, 0)  # asked for nothing, it still tells that the other end is closed
    ended, status = 0, 0
    while not ended:
        received = signal.sigtimedwait(awaited, LOOK_AROUND_S)
        if (received is not None and received.si_signo == signal.SIGTERM) or lifeline.poll(0):
            end_tree(pid)
        ended, status = os.waitpid(pid, os.WNOHANG)
    end_descendants(os.getpid())
    end_like(status)


def end_like(status: int) -> None:
    """End this process the way another one ended."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        with contextlib.suppress(OSError):  # SIGKILL has no handler to restore
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))
