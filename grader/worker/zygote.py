"""The process that imports TensorFlow once and forks a child per submission.

It runs no TensorFlow operation: one is enough to start threads, and a child
forked from a process with threads hangs for ever in its first ``fit``. Hence
the count of threads before every fork.

It alone knows its children, and so it alone counts what they use and ends them.
On the control socket the zygote first says ``{"ready": true}`` or
``{"failed": why}``. Then, one at a time:

======================================== =======================================
``{"do": "fork"}``, two descriptors      ``{"pid": n}`` or ``{"refused": why}``
(channel, output)
``{"do": "look", "pid": n}``             :class:`~.processes.Usage`
``{"do": "end", "pid": n, "within": s}`` ``{"status": n}``, as ``os.waitpid``
                                         gives it: what it left behind is killed,
                                         and itself if it does not end in time
======================================== =======================================
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import socket
import struct
import sys
import time
import warnings
from typing import Any

from . import confinement, processes
from .confinement import system

MAX_REQUEST_BYTES = 65536
PAUSE_S = 0.002


def prepare(preload: list[str]) -> None:
    """Import TensorFlow and install the recorder; run no operation."""
    # Keras imports these two if they are there (1 s together) and needs
    # neither; a submission that wants them imports them itself.
    unwanted = [name for name in ("sklearn", "matplotlib") if name not in preload]
    for name in unwanted:
        sys.modules[name] = None  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    import tensorflow  # noqa: F401, PLC0415

    for name in unwanted:
        del sys.modules[name]
    for name in preload:
        importlib.import_module(name)
    from . import child  # noqa: PLC0415

    child.install()
    # Collecting garbage would write to every page that a child shares with the zygote, and look at all of TensorFlow.
    gc.collect()
    gc.freeze()


class Zygote:
    """Forks children, counts what they use, ends them."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: dict[int, int | None] = {}
        """By number, with the status of those that have ended and were not asked for yet."""

    def serve(self) -> None:
        """Answer the parent until it closes the control socket."""
        while True:
            raw, descriptors, _, _ = socket.recv_fds(self._control, MAX_REQUEST_BYTES, 2)
            if not raw:
                break
            reply = self._answer(json.loads(raw), descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
            self._control.sendall(json.dumps(reply).encode())
        if system.LINUX:
            processes.end_descendants(os.getpid())

    def _answer(self, request: dict[str, Any], descriptors: list[int]) -> Any:
        match request["do"]:
            case "fork":
                return self._fork(descriptors)
            case "look":
                return processes.usage(request["pid"])
            case "end":
                return {"status": self._end(request["pid"], request["within"])}
        return {"refused": "no such request"}

    def _fork(self, descriptors: list[int]) -> dict[str, Any]:
        if system.thread_count() != 1:
            return {"refused": "the zygote has more than one thread"}
        try:
            pid = os.fork()
        except OSError as problem:
            return {"refused": f"fork: {problem.strerror}"}
        if not pid:
            self._be_child(*descriptors)
        self._children[pid] = None
        return {"pid": pid}

    def _be_child(self, channel: int, output: int) -> None:
        """Serve a submission; never return."""
        from . import child  # noqa: PLC0415

        try:
            os.setsid()
            if system.LINUX:
                system.die_with_parent()
                system.adopt_orphans()
            close_all_but(channel, output)
            child.serve(channel, channel, output)
        finally:
            os._exit(70)

    def _end(self, pid: int, within_s: float) -> int | None:
        """End a child and all that came from it; None if it is not known (any more)."""
        if pid not in self._children:
            return None
        deadline = time.monotonic() + within_s
        while self._is_alive(pid) and time.monotonic() < deadline:
            time.sleep(PAUSE_S)
        if self._is_alive(pid):
            processes.end_tree(pid)
        while self._is_alive(pid):
            time.sleep(PAUSE_S)
        status = self._children.pop(pid)
        # The orphans of a dead child are the zygote's now.
        processes.end_descendants(os.getpid(), keep=frozenset(self._children))
        self._reap()
        return status

    def _is_alive(self, pid: int) -> bool:
        self._reap()
        return self._children[pid] is None

    def _reap(self) -> None:
        """Take note of whoever has ended."""
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                pid, status = ended
                if pid in self._children:
                    self._children[pid] = status


def close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard ones and those to keep."""
    for name in os.listdir("/proc/self/fd" if system.LINUX else "/dev/fd"):
        if int(name) > 2 and int(name) not in kept:
            with contextlib.suppress(OSError):  # the one that listed them
                os.close(int(name))


def run_zygote(preload: list[str]) -> None:
    """Import, say so, fork on demand."""
    control = socket.socket(fileno=os.dup(0))
    if system.LINUX:
        system.adopt_orphans()
        system.be_closed_to_others()
    try:
        prepare(preload)
    except BaseException as problem:  # whatever is wrong with this TensorFlow
        control.sendall(json.dumps({"failed": f"{type(problem).__name__}: {problem}"}).encode())
        raise
    control.sendall(b'{"ready": true}')
    Zygote(control).serve()
    os._exit(0)  # taking TensorFlow down again would take longer than the rest


def run_fresh(preload: list[str]) -> None:
    """Import, then serve one submission in this very process."""
    if system.LINUX:
        processes.stay_behind_a_guard()
        system.adopt_orphans()
    # Descriptor 1 is the channel, 2 the student's output: what an import prints belongs to neither.
    reader, writer, output = os.dup(0), os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        prepare(preload)
    except BaseException as problem:  # whatever is wrong with this TensorFlow
        # By hand, for the channel's own module wants NumPy, which may be what is missing.
        body = json.dumps({"failed": f"{type(problem).__name__}: {problem}"}).encode()
        os.write(writer, struct.pack(">II", len(body), 0) + body)
        raise
    from . import child  # noqa: PLC0415

    child.serve(reader, writer, output)


def run_probe(preload: list[str]) -> None:
    """Say which level of isolation there is here."""
    os.write(1, confinement.level().encode())


def main(mode: str, highest: str, preload: list[str]) -> None:
    """Run as the zygote, as a fresh worker for one submission, or to say what is possible here."""
    confinement.prepare(highest)
    {"zygote": run_zygote, "fresh": run_fresh, "probe": run_probe}[mode](preload)
