"""All attacks, each in one of a few processes that grade for nothing else."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.util import Finalize

from grader.errors import GraderError
from grader.isolation import Level
from grader.selftest.attacks import Attack
from grader.selftest.stage import VARIABLE, Stage, adopt_orphans, descendants, end_with_parent
from grader.selftest.trial import Result, carry_out, left_over
from grader.text import text
from grader.workers import Mode, Workers, default_mode, open_workers

PRELOAD = ("pandas", "matplotlib.pyplot")


def results(attacks: Sequence[Attack], level: Level, jobs: int) -> Iterator[Result]:
    """Carry out attacks, and yield what became of them, in their order.

    Args:
        attacks: what is to be carried out.
        level: the isolation that they meet.
        jobs: so many processes.

    Raises:
        GraderError: a process of the self-test itself was ended, or the level is not to be had.
    """
    context = multiprocessing.get_context("spawn")
    with (
        _variable(),
        ProcessPoolExecutor(jobs, mp_context=context, initializer=_open, initargs=(level,)) as pool,
    ):
        try:
            yield from pool.map(_carry_out, attacks)
        except BrokenProcessPool:
            raise GraderError(text("An attack ended a process of the self-test itself.")) from None


@contextlib.contextmanager
def _variable() -> Iterator[None]:
    """Give the processes of the pool an environment worth reading, from their start."""
    os.environ[VARIABLE] = f"canary-{secrets.token_hex(16)}"
    try:
        yield
    finally:
        del os.environ[VARIABLE]


_stage: Stage | None = None
_level = Level.D
_opened = contextlib.ExitStack()
_workers: dict[Mode, Workers] = {}
"""What this process of the pool has."""


def _open(level: Level) -> None:
    global _stage, _level
    _stage, _level = Stage(), level
    tempfile.tempdir = str(_stage.scratch)
    adopt_orphans()
    end_with_parent()
    Finalize(None, _close, exitpriority=10)


def _close() -> None:
    _opened.close()
    if _stage is not None:
        _stage.close()


def _carry_out(attack: Attack) -> Result:
    assert _stage is not None
    mode = attack.worker or default_mode()
    if mode is Mode.FRESH and default_mode() is Mode.FORK:
        before = descendants()
        with open_workers(mode, many=True, at_most=_level, at_least=_level) as workers:
            result = carry_out(attack, workers, _stage)
        return replace(result, reached=(*result.reached, *left_over(before)))
    if mode not in _workers:
        _workers[mode] = _opened.enter_context(open_workers(mode, PRELOAD, many=True, at_most=_level, at_least=_level))
    return carry_out(attack, _workers[mode], _stage)
