"""The process that imports TensorFlow once and forks a child per submission.

It runs no TensorFlow operation: one is enough to start threads, and a child
forked from a process with threads hangs for ever in its first ``fit``. Hence
the count of threads before every fork.

On the control socket the zygote first says ``{"ready": true}`` or
``{"failed": why}``. Then, one at a time:
``{"do": "fork"}`` with two descriptors (channel, output) -> ``{"pid": n}`` or
``{"refused": why}``;
``{"do": "reap", "pid": n}`` -> ``{"status": n}``, as ``os.waitpid`` gives it.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import struct
import sys
import warnings
from typing import Any

MAX_REQUEST_BYTES = 65536


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


def thread_count() -> int:
    """Return the number of threads of this process, as the system counts them."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        import threading  # noqa: PLC0415

        return threading.active_count()


def fork_child(descriptors: list[int], control: socket.socket) -> int:
    """Fork; the child serves its submission and never returns."""
    pid = os.fork()
    if pid:
        return pid
    from . import child  # noqa: PLC0415

    try:
        os.setsid()
        control.close()
        channel, output = descriptors
        child.serve(channel, channel, output)
    finally:
        os._exit(70)


def answer(request: dict[str, Any], descriptors: list[int], control: socket.socket) -> Any:
    """Carry out one request of the parent."""
    if request["do"] == "reap":
        return {"status": os.waitpid(request["pid"], 0)[1]}
    if thread_count() != 1:
        return {"refused": "the zygote has more than one thread"}
    return {"pid": fork_child(descriptors, control)}


def serve(control: socket.socket) -> None:
    """Answer the parent until it closes the control socket."""
    while True:
        raw, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST_BYTES, 2)
        if not raw:
            return
        reply = answer(json.loads(raw), descriptors, control)
        for descriptor in descriptors:
            os.close(descriptor)
        control.sendall(json.dumps(reply).encode())


def run_zygote(preload: list[str]) -> None:
    """Import, say so, fork on demand."""
    control = socket.socket(fileno=os.dup(0))
    try:
        prepare(preload)
    except BaseException as problem:  # whatever is wrong with this TensorFlow
        control.sendall(json.dumps({"failed": f"{type(problem).__name__}: {problem}"}).encode())
        raise
    control.sendall(b'{"ready": true}')
    serve(control)


def run_fresh(preload: list[str]) -> None:
    """Import, then serve one submission in this very process."""
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


def main(mode: str, preload: list[str]) -> None:
    """Run as the zygote or as a fresh worker for one submission."""
    {"zygote": run_zygote, "fresh": run_fresh}[mode](preload)
