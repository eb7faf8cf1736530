"""What a submission needs to read: Python, its packages, fonts, clocks, and little of ``/proc``.

Never a folder that a repository, a home or a working folder may be: of
``sys.path`` only folders of installed packages count, for an editable
installation puts anything on it.
"""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

WORKER = Path(__file__).resolve().parent.parent
LIBRARIES = (
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"),
    *("/usr/local/lib", "/usr/local/lib64", "/nix/store", "/gnu/store"),
)
SHARED = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts", "/usr/share/fontconfig"),
    *("/usr/share/zoneinfo", "/etc/localtime", "/etc/timezone", "/usr/share/locale"),
    "/etc/ld.so.cache",
)
HOME_FONTS = (".fonts", ".local/share/fonts")
KERNEL = (
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory"),
    *("/sys/devices/system/cpu", "/sys/devices/system/node"),
    *("/dev/urandom", "/dev/random", "/dev/zero"),
)
OWN_PROCESS = "/proc/self"
"""Another folder in every process, and so not among what is found out once."""
WRITABLE_DEVICE = "/dev/null"
PACKAGES = ("site-packages", "dist-packages")
HOME = os.path.expanduser("~")
"""Of whoever runs the grader: in a child, ``~`` is the scratch folder."""


@functools.cache
def readable() -> tuple[str, ...]:
    """Return the files and folders that may be read, with what is in them, as far as they are there.

    By the names that they are asked for and by their real ones; what lies in
    another of them is not named again.
    """
    names = {os.path.normpath(name) for place in _wanted() for name in (place, os.path.realpath(place))}
    kept: list[str] = []
    for name in sorted(names):
        if not any(name.startswith(f"{above}/") for above in kept):
            kept.append(name)
    return tuple(kept)


def _wanted() -> list[str]:
    fonts = [os.path.join(HOME, each) for each in HOME_FONTS]
    wanted = [*LIBRARIES, *_of_python(), str(WORKER), *SHARED, *fonts, *KERNEL]
    return [place for place in dict.fromkeys(wanted) if os.path.exists(place)]


def _of_python() -> list[str]:
    """Python's own library and the folders of installed packages."""
    own = [os.path.join(prefix, name) for prefix in (sys.base_prefix, sys.prefix) for name in ("lib", "lib64")]
    packages = [each for each in sys.path if os.path.basename(each.rstrip("/")) in PACKAGES]
    return [*own, *packages]
