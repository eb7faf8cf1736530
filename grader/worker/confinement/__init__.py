"""The sandbox that a child shuts itself into before it reads the student's code.

It is made of parts; each is tried once, in a process that is thrown away
(:mod:`.probe`), and what works there must work again in every child: a part
that then fails ends the child. The level is named by the parts in force:

===== ========================================= ===============================
level parts                                     is still open
===== ========================================= ===============================
A+    limits, seccomp, landlock, namespaces     faults of the kernel itself
A     limits, seccomp, landlock                 ``stat`` of a path it knows
B     limits, seccomp                           files of the same user
C     limits                                    files, network, programs
D     (a process with a deadline)               memory, too
===== ========================================= ===============================

Which part stops what; the supervisor (``grader/child.py``, with
``grader/worker/processes.py``) is at work at every level:

============================== ========== ======= ======== ========== ==========
attack                         supervisor limits  seccomp  landlock   namespaces
============================== ========== ======= ======== ========== ==========
read, list foreign files                                   x          x (absent)
stat of a foreign path                                                x (absent)
write, remove foreign files                                x          x
truncate by path                                  x        x (ABI 3)  x
chmod, utime                                      x                   x
chown, extended attributes                        x                   x
TCP                                               x        x (ABI 4)  x
UDP, Unix sockets                                 x                   x
abstract Unix sockets                             x        x (ABI 6)  x
signals to others                                 x        x (ABI 6)
ptrace, memory of others                  x       x        x
fork, exec                                        x
what forked, left over         x                  x
System V, POSIX message queues                    x                   x
io_uring, bpf, perf, keyrings                     x
memory, private                x          x
memory, shared                 x
threads, processes             x                  x
one large file                            x
many files                     x                                      x (quota)
endless loop, endless output   x
============================== ========== ======= ======== ========== ==========

Linux has all of it, x86-64 and aarch64 the system call filter; elsewhere there
are limits at best.
"""

from __future__ import annotations

from . import capabilities, landlock, limits, namespaces, places, probe, seccomp, system
from .levels import at_most, level_of

PARTS: frozenset[str] = frozenset()
"""What :func:`prepare` found to work here."""


def prepare(highest: str) -> None:
    """Find out which parts work, before anything is imported that starts a thread.

    Args:
        highest: the level above which nothing is used, for tests and for the
            table of attacks.
    """
    global PARTS
    PARTS = probe.working(at_most(highest))


def level() -> str:
    """Return the level that children have."""
    return level_of(PARTS)


def confine(scratch: str, memory_bytes: int) -> str:
    """Shut this process into ``scratch``, with the parts that were found to work.

    Returns:
        The level in force.

    Raises:
        OSError: a part failed; nothing of the student's may be run.
    """
    limits.go_into(scratch)
    if system.LINUX:
        _shut(scratch)
    if "limits" in PARTS:
        limits.impose(memory_bytes)
    if "seccomp" in PARTS:
        seccomp.impose()
    return level()


def _shut(scratch: str) -> None:
    system.require_one_thread()
    if "namespaces" in PARTS:
        namespaces.enter(places.readable(), scratch)
    if "limits" in PARTS:
        capabilities.drop()
    system.die_with_parent()
    system.gain_no_privileges()
    # Landlock keeps other submissions out by itself, and lets the zygote count what is deleted but open.
    system.be_closed_to_others(closed="landlock" not in PARTS)
    if "landlock" in PARTS:
        landlock.impose(places.readable(), scratch)
