"""A filter of system calls: no network, no other processes, nothing that outlives this one.

The filter is a small program (classic BPF) that the kernel runs at each call:
it reads the call's number and its arguments, not what they point to. A call of
another architecture ends the process, one that is newer than this table is
absent, a call that is not in :mod:`.syscalls` is allowed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Iterator

from . import syscalls, system

Instruction = tuple[int, int, int, int]
"""Operation, how many to skip if true, how many if false, operand."""

LOAD, AND, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
NUMBER_AT, MACHINE_AT, ARGUMENTS_AT = 0, 4, 16
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SECOND_ABI = 0x40000000
"""From here on, numbers on x86-64 mean the same calls once more (x32)."""
MODE_FILTER = 2

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
REFUSE, PRETEND, DENY_EXISTENCE = ERROR | errno.EPERM, ERROR, ERROR | errno.ENOSYS

CLONE_THREAD = 0x10000
UNIX, STREAM, KIND_OF_SOCKET = 1, 1, 0xF
TRUNCATE, ACCESS_MODE = 0o1000, 0o3
SET_OWNER = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: they have the kernel send signals to others."""
TERMINAL_INPUT = (0x5412, 0x541C, 0x8901, 0x8902)
"""TIOCSTI, TIOCLINUX; FIOSETOWN and SIOCSPGRP, which are F_SETOWN once more."""
PROCESS_SETTINGS = (system.SET_PARENT_DEATH_SIGNAL, system.SET_DUMPABLE, system.SET_CHILD_SUBREAPER)


def impose() -> None:
    """Put the filter on this thread and all that it will start.

    Raises:
        OSError: there is none for this machine, or the kernel does not take it.
    """
    if system.MACHINE not in ARCHITECTURES:
        raise OSError(f"no filter for {system.MACHINE}")
    code = b"".join(struct.pack("=HBBI", *each) for each in program(system.MACHINE, os.getpid()))
    instructions = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: a count, and where the instructions are.
    whole = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(instructions)))
    system.prctl(system.SET_SECCOMP, MODE_FILTER, ctypes.addressof(whole))


def program(machine: str, pid: int) -> list[Instruction]:
    """Return the filter for a process on a machine."""
    return [
        (LOAD, 0, 0, MACHINE_AT),
        (EQUAL, 1, 0, ARCHITECTURES[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        *_from(SECOND_ABI, KILL),
        *_from(syscalls.LAST + 1, DENY_EXISTENCE),
        *_always(machine, syscalls.REFUSED, REFUSE),
        *_always(machine, syscalls.PRETENDED, PRETEND),
        *_always(machine, syscalls.ABSENT, DENY_EXISTENCE),
        *_judged(machine, pid),
        (RETURN, 0, 0, ALLOW),
    ]


def _from(number: int, action: int) -> list[Instruction]:
    return [(AT_LEAST, 0, 1, number), (RETURN, 0, 0, action)]


def _always(machine: str, numbers: syscalls.Numbers, action: int) -> Iterator[Instruction]:
    for number in syscalls.on(machine, numbers).values():
        yield from ((EQUAL, 0, 1, number), (RETURN, 0, 0, action))


def _judged(machine: str, pid: int) -> Iterator[Instruction]:
    judgements = {
        "clone": [*_load(0), (ANY_BIT, 0, 1, CLONE_THREAD), *_return(ALLOW), *_return(REFUSE)],
        "kill": _only(0, (pid,)),
        "tgkill": _only(0, (pid,)),
        "rt_sigqueueinfo": _only(0, (pid,)),
        "rt_tgsigqueueinfo": _only(0, (pid,)),
        "prlimit64": _only(0, (0, pid)),
        "sched_setaffinity": _only(0, (0, pid)),
        "sched_setscheduler": _only(0, (0, pid)),
        "sched_setparam": _only(0, (0, pid)),
        "sched_setattr": _only(0, (0, pid)),
        "socketpair": [*_go_on_if(0, UNIX), *_only(1, (STREAM,), KIND_OF_SOCKET)],
        "ioctl": _never(1, TERMINAL_INPUT),
        "fcntl": _never(1, SET_OWNER),
        "prctl": _never(0, PROCESS_SETTINGS),
        # Opened for reading and yet truncated.
        "open": _never(1, (TRUNCATE,), TRUNCATE | ACCESS_MODE),
        "openat": _never(2, (TRUNCATE,), TRUNCATE | ACCESS_MODE),
    }
    for name, number in syscalls.on(machine, syscalls.JUDGED).items():
        judgement = judgements[name]
        yield (EQUAL, 0, len(judgement), number)
        yield from judgement


def _return(action: int) -> list[Instruction]:
    return [(RETURN, 0, 0, action)]


def _load(argument: int, mask: int = 0) -> list[Instruction]:
    """Load the lower half of an argument, which is all that counts of an ``int``."""
    return [(LOAD, 0, 0, ARGUMENTS_AT + 8 * argument), *([(AND, 0, 0, mask)] if mask else [])]


def _tests(values: Iterable[int], action: int) -> Iterator[Instruction]:
    for value in values:
        yield from ((EQUAL, 0, 1, value), (RETURN, 0, 0, action))


def _only(argument: int, values: tuple[int, ...], mask: int = 0) -> list[Instruction]:
    return [*_load(argument, mask), *_tests(values, ALLOW), *_return(REFUSE)]


def _never(argument: int, values: tuple[int, ...], mask: int = 0) -> list[Instruction]:
    return [*_load(argument, mask), *_tests(values, REFUSE), *_return(ALLOW)]


def _go_on_if(argument: int, value: int) -> list[Instruction]:
    return [*_load(argument), (EQUAL, 1, 0, value), *_return(REFUSE)]
