"""The privileges of root, given up."""

from __future__ import annotations

import ctypes
import errno
import struct

from . import system

VERSION_3 = 0x20080522


def drop() -> None:
    """Give up all capabilities, also those that a program run by root would have.

    Raises:
        OSError: they cannot be given up.
    """
    assert system.LIBC is not None
    for number in range(64):
        try:
            system.prctl(system.DROP_FROM_BOUNDING_SET, number)
        except OSError as problem:
            # EINVAL: the kernel has no more of them. EPERM: an ordinary user, who has none.
            if problem.errno not in (errno.EINVAL, errno.EPERM):
                raise
            break
    system.prctl(system.AMBIENT_CAPABILITIES, system.CLEAR_ALL)
    header = ctypes.create_string_buffer(struct.pack("=Ii", VERSION_3, 0))
    nothing = ctypes.create_string_buffer(struct.pack("=6I", *[0] * 6))
    system.checked(system.LIBC.capset(header, nothing))
