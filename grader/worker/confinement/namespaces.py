"""Namespaces: a tree of files that holds nothing but what may be read, no network, no System V objects.

Each child makes its own, straight after the fork: so its scratch folder is all
of its own that it sees, the zygote stays outside and can kill it, and nothing
must be installed. There is no process namespace: the filter lets no process be
started that would be in it, and ``/proc`` shows this process only.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
from collections.abc import Iterable

from . import places, system

MOUNT_ATTRIBUTES = 442
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
NEW_MOUNTS, NEW_HOSTNAME, NEW_IPC, NEW_USER, NEW_NETWORK = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x40000000
NO_SETUID, NO_DEVICES, BIND, RECURSIVE, PRIVATE = 0x2, 0x4, 0x1000, 0x4000, 0x40000
DETACH = 2
AT_RECURSIVE, AT_HERE = 0x8000, -100
SCRATCH_SIZE = "size=256m,nr_inodes=10000,mode=700"
"""The scratch folder lies in memory: what is written there is limited as a whole and never on the disk."""


def enter(readable: Iterable[str], scratch: str) -> None:
    """Leave everything behind but ``readable`` (not to be written to) and the files in ``scratch``.

    Raises:
        OSError: the kernel, or whoever runs this container, does not allow it.
    """
    _become_owner()
    _mount(None, "/", None, RECURSIVE | PRIVATE)
    files = os.open(scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _mount("tmpfs", scratch, "tmpfs", NO_SETUID | NO_DEVICES, "size=1m,mode=755")
        for place in (*readable, places.WRITABLE_DEVICE, f"/proc/{os.getpid()}", places.OWN_PROCESS):
            _show(place, scratch + place)
        os.makedirs(scratch + scratch)
        _make_read_only(scratch)
        _mount("tmpfs", scratch + scratch, "tmpfs", NO_SETUID | NO_DEVICES, SCRATCH_SIZE)
        _copy(files, scratch + scratch)
    finally:
        os.close(files)
    os.chdir(scratch)
    system.syscall(PIVOT_ROOT[system.MACHINE], b".", b".")
    _unmount(".")
    os.chdir(scratch)


def _become_owner() -> None:
    """Be the same user in namespaces of one's own."""
    user, group = os.geteuid(), os.getegid()
    # The files below belong to root as long as others are kept out of this process.
    system.be_closed_to_others(closed=False)
    assert system.LIBC is not None
    system.checked(system.LIBC.unshare(NEW_USER | NEW_MOUNTS | NEW_NETWORK | NEW_IPC | NEW_HOSTNAME))
    for name, content in {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}.items():
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(content)


def _show(source: str, target: str) -> None:
    """Let a file or folder appear at another place."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC))
    _mount(source, target, None, BIND | RECURSIVE)


def _make_read_only(tree: str) -> None:
    read_only, no_setuid = 1, 2
    attributes = ctypes.create_string_buffer(struct.pack("=4Q", read_only | no_setuid, 0, 0, 0), 32)
    system.syscall(MOUNT_ATTRIBUTES, AT_HERE, os.fsencode(tree), AT_RECURSIVE, attributes, 32)


def _copy(files: int, target: str) -> None:
    for name in os.listdir(files):
        with (
            open(name, "rb", opener=lambda path, flags: os.open(path, flags, dir_fd=files)) as source,
            open(os.path.join(target, name), "wb") as copy,
        ):
            shutil.copyfileobj(source, copy)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    assert system.LIBC is not None
    text = [None if each is None else os.fsencode(each) for each in (source, target, kind, data)]
    system.checked(system.LIBC.mount(*text[:3], ctypes.c_ulong(flags), text[3]))


def _unmount(target: str) -> None:
    assert system.LIBC is not None
    system.checked(system.LIBC.umount2(os.fsencode(target), DETACH))
