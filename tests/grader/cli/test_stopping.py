"""Signals that stop a command: KeyboardInterrupt, once; what was ignored, or handled before, is so again."""

from __future__ import annotations

import os
import signal
import time

import pytest

from grader.cli.stopping import stoppable

pytestmark = [
    pytest.mark.usefixtures("nothing_is_ignored"),
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
]


def kill(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(0.01)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_interrupts(name: str) -> None:
    with stoppable(), pytest.raises(KeyboardInterrupt):
        kill(getattr(signal, name))


def test_impatience_is_passed_over() -> None:
    with stoppable():
        with pytest.raises(KeyboardInterrupt):
            kill(signal.SIGINT)
        for name in ("SIGINT", "SIGTERM", "SIGINT"):
            kill(getattr(signal, name))


def test_who_comes_again_later_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.cli.stopping.PATIENCE_S", 0.0)

    with stoppable():
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                kill(signal.SIGINT)


def test_what_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            kill(signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_as_before() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]

    with pytest.raises(ZeroDivisionError), stoppable():
        1 / 0  # noqa: B018

    assert [signal.getsignal(number) for number in numbers] == before
