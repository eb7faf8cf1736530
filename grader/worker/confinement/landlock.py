"""Landlock: which files may be opened, and how; on newer kernels also TCP and signals.

A kernel knows some version (ABI) of it, and is asked for what that knows.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from . import places, system

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
RULE_PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(1, 6))
MAKE_DIR, MAKE_REGULAR = 1 << 7, 1 << 8
REFER, TRUNCATE, IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
ALL_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""What can be handled from an ABI on; the first is execution."""
BIND_AND_CONNECT_TCP = {4: 3}
ABSTRACT_SOCKETS_AND_SIGNALS = {6: 3}

READ = READ_FILE | READ_DIR
DEVICE = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEVICE
SCRATCH = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REGULAR | REFER | TRUNCATE
"""No links, pipes, sockets or devices in the scratch folder, and nothing there is run."""


def version() -> int:
    """Return the ABI.

    Raises:
        OSError: this kernel has none, or it is switched off.
    """
    return system.syscall(CREATE_RULESET, None, 0, ASK_VERSION)


def known(rights: dict[int, int], abi: int) -> int:
    """Return the rights that a version knows."""
    return next((rights[since] for since in sorted(rights, reverse=True) if since <= abi), 0)


def impose(readable: Iterable[str], scratch: str) -> None:
    """Leave this process the right to read some places, and to write to one.

    Raises:
        OSError: a rule was not accepted.
    """
    abi = version()
    files = known(ALL_FILES, abi)
    fields = (files, known(BIND_AND_CONNECT_TCP, abi), known(ABSTRACT_SOCKETS_AND_SIGNALS, abi))
    # Version 1 took a field, version 4 two, version 6 three; a longer structure is accepted if the rest is 0.
    attributes = ctypes.create_string_buffer(struct.pack("=3Q", *fields), 24)
    ruleset = system.syscall(CREATE_RULESET, attributes, 24, 0)
    try:
        for place in (*readable, places.OWN_PROCESS):
            _allow(ruleset, place, READ & files)
        _allow(ruleset, places.WRITABLE_DEVICE, DEVICE & files)
        _allow(ruleset, scratch, SCRATCH & files)
        system.syscall(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, place: str, rights: int) -> None:
    folder_only = READ_DIR | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REGULAR | REFER
    descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ~folder_only
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
        system.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)
