"""The machine that an attack finds: things worth stealing or spoiling, all of them made for it.

Nothing of the instructor's own is at stake, at no level of isolation: what an
attack may harm lies in a temporary folder, and is looked at afterwards.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path

from grader.kit import ROOT, Lesson
from grader.selftest.attacks import MARKS
from grader.text import Text, text

VARIABLE = "RNN_GRADER_CANARY"
"""An environment variable of the grader's that nobody else may read."""
DEATH_SIGNAL, SUBREAPER = 1, 36
"""What ``prctl`` calls them."""


class Stage:
    """A home, another student's answer, a folder that may be written to, and a server: for one process of the pool."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="selftest-", ignore_cleanup_errors=True)
        self.root = Path(self._folder.name)
        self.name = f"attack-{secrets.token_hex(6)}"
        self._canaries = {name: f"canary-{secrets.token_hex(16)}" for name in ("home", "others")}
        self._canaries["environment"] = os.environ.get(VARIABLE, "")
        self._files = {
            "home/secret.txt": self._canaries["home"],
            "outside/results.json": '{"score": 0}',
            "others/lesson_4_1.py": f"# {self._canaries['others']}\n",
        }
        self._server = _Server()
        self.set_up()

    @property
    def scratch(self) -> Path:
        """Where temporary folders go meanwhile."""
        return self.root / "scratch"

    def set_up(self) -> None:
        """Put everything into its place again."""
        for name in ("home", "outside", "others", "scratch"):
            (self.root / name).mkdir(exist_ok=True)
            for entry in (self.root / name).iterdir():
                shutil.rmtree(
                    entry, ignore_errors=True
                ) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        for name, content in self._files.items():
            (self.root / name).write_text(content, "utf-8")
        self._server.visits.clear()
        for left in _shared(self.name):
            left.unlink(missing_ok=True)

    def fill_in(self, source: str) -> str:
        """Tell an attack where things are."""
        places = {"KIT": ROOT, "PARENT": os.getpid(), "PORT": self._server.port, "NAME": self.name}
        places |= {name.upper(): self.root / name for name in ("home", "outside", "others")}
        for mark in MARKS:
            source = source.replace(f"@{mark}@", str(places[mark]).replace("\\", "/"))
        return source

    def leaked(self, words: str, lesson: Lesson, source: str) -> list[Text]:
        """Say which secrets stand in ``words``."""
        known = {**self._canaries, **_of_the_lesson(lesson, source)}
        found = [name for name, secret in known.items() if secret and secret in words]
        return [text("It read {secret}.", secret=_NAMES[name]) for name in found]

    def damage(self) -> list[Text]:
        """Say what is not as it was."""
        wanted = {self.root / name: content.encode() for name, content in self._files.items()}
        there = {path for path in self.root.rglob("*") if not path.is_dir() or path.is_symlink()}
        there |= {path for path in self.scratch.iterdir() if path.is_dir()}
        changed = {path for path in wanted if not path.is_file() or path.read_bytes() != wanted[path]}
        strange = sorted(str(path.relative_to(self.root)) for path in changed | (there - wanted.keys()))
        found = [text("{path} was written, changed or left behind.", path=path) for path in strange[:5]]
        found += [text("{path} was written, changed or left behind.", path=str(path)) for path in _shared(self.name)]
        found += [text("A connection was made ({kind}).", kind=kind) for kind in sorted(set(self._server.visits))]
        return found

    def close(self) -> None:
        """Take everything down."""
        self._server.close()
        self._folder.cleanup()


_NAMES = {
    "home": text("a file in the home folder"),
    "others": text("another student's answer"),
    "environment": text("the grader's environment"),
    "solution": text("the reference solution"),
    "checks": text("the lesson's checks"),
}


def _of_the_lesson(lesson: Lesson, source: str) -> dict[str, str]:
    """Lines that only the solution and the checks hold."""
    known = source + lesson.stub.read_text("utf-8")
    solution = lesson.solution.read_text("utf-8").splitlines() if lesson.solution.is_file() else []
    own = [line.strip() for line in solution if line.strip() not in known]
    checks = [line for line in lesson.checks.read_text("utf-8").splitlines() if line.startswith("def test_")]
    return {"solution": max(own, key=len, default=""), "checks": checks[0]}


def _shared(name: str) -> list[Path]:
    folder = Path("/dev/shm")  # noqa: S108 - where Linux keeps shared memory
    return sorted(folder.glob(f"*{name}*")) if folder.is_dir() else []


class _Server:
    """Listens on this machine, by TCP and UDP; who comes is noted."""

    def __init__(self) -> None:
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self.visits: list[str] = []
        for target in (self._accept, self._receive):
            threading.Thread(target=target, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                self._tcp.accept()[0].close()
            except OSError:
                return
            self.visits.append("TCP")

    def _receive(self) -> None:
        while True:
            try:
                self._udp.recv(4096)
            except OSError:
                return
            self.visits.append("UDP")

    def close(self) -> None:
        """Stop listening."""
        for each in (self._tcp, self._udp):
            each.close()


def adopt_orphans() -> None:
    """Become the parent of processes whose own is gone (Linux): so that none is lost sight of."""
    _control(SUBREAPER, 1)


def end_with_parent() -> None:
    """Be killed when the process that started this one ends (Linux)."""
    _control(DEATH_SIGNAL, signal.SIGKILL)


def _control(what: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def descendants() -> set[int]:
    """Return the processes that come from this one (Linux); none where they cannot be listed."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] not in ("Z", "X"):
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        new = set(children.get(waiting.pop(), [])) - found
        found |= new
        waiting += new
    return found
