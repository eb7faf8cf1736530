"""The children that one submission runs in, one after another.

A :class:`Host` loads the source at the first question, and goes on in a new
child when one dies, so that an endless loop in one function costs that function
only. What was learnt from a child is forgotten with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.child import ChildDied, Conversation, Death
from grader.errors import CheckFailed, Died, GraderError, Unanswerable
from grader.evidence import Answer, Failure
from grader.feedback import death_text, failure_feedback, note_of
from grader.isolation import Level
from grader.report import Feedback, Note, Place
from grader.scratch import Scratch
from grader.submission import Submission
from grader.text import Text, text
from grader.worker.channel import Blob
from grader.workers import MEMORY_BYTES, START_TIMEOUT_S

HANDLE = re.compile(r"h([0-9]{1,9})\.[0-9]+")
MAX_CHILDREN = 4
"""A submission whose children keep dying is not asked for ever."""


class Host:
    """Where a submission is loaded and asked."""

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Conversation],
        files: Callable[[], Mapping[str, bytes]],
        timeout_s: float,
    ) -> None:
        self.submission = submission
        self.problem = Note(submission.problem) if submission.problem else None
        """Why nothing can be run."""
        self.level = Level.NONE
        """The isolation in force."""
        self.memory: dict[Any, Any] = {}
        """What was learnt from the present child, by question."""
        self._start = start
        self._files = files
        self._timeout_s = timeout_s
        self._child: Conversation | None = None
        self._children = 0
        self._death: Death | None = None
        """How the last child that died did so."""
        self._scratch: Scratch | None = None
        self._loaded = Answer()
        self._notes: dict[Note, None] = {}
        self._output = ""

    def loaded(self) -> Answer:
        """Return what came of loading the submission, which is done in a new child if there is none.

        Raises:
            Unanswerable: it cannot be run.
            GraderError: there is no child to run it in.
        """
        if self.problem is None and self._child is None:
            self._load()
        if self.problem is not None:
            raise Unanswerable(self.problem.message)
        return self._loaded

    def ask(self, request: dict[str, Any], blob: Blob) -> Answer:
        """Ask the child.

        Raises:
            ChildDied: it did not answer; it and what it held are gone. Or the request speaks of
                what an earlier child held.
            Unanswerable: the submission cannot be run.
        """
        if self._death is not None and any(life < self._life for life in _lives_in(request)):
            raise ChildDied(self._death)
        self.loaded()
        return self._ask(request, blob)

    def survived(self, request: dict[str, Any], blob: Blob, found: Text) -> Answer:
        """Ask; turn the death of the child into a failed check, which ``found`` begins."""
        try:
            return self.ask(request, blob)
        except ChildDied as died:
            raise Died(Feedback(found, None, (death_text(died.death),), stopped=True)) from None

    def answered(self, request: dict[str, Any], blob: Blob, found: Text) -> Answer:
        """Ask; turn a failure of the student's code into a failed check, too."""
        answer = self.survived(request, blob, found)
        if answer.failure is not None:
            raise self.failed(answer.failure, found)
        return answer

    def failed(self, failure: Failure, found: Text) -> CheckFailed:
        """Return the failed check that an exception of the student's code makes."""
        stop = failure_feedback(failure, self.places(failure))
        return CheckFailed(Feedback(found, None, (stop.found, *stop.details), stop.places, stopped=True), failure.type)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks: old spellings, crashes beside the graded parts."""
        return tuple(self._notes)

    @property
    def output(self) -> str:
        """What the student's code printed."""
        return self._output + (self._child.output() if self._child else "")

    def close(self) -> None:
        """End the child and remove its scratch folder."""
        if self._child is not None:
            self._child.close()
            self._output += self._child.output()
            self._child = None
        if self._scratch is not None:
            self._scratch.remove()
            self._scratch = None

    def place(self, label: str, line: int, code: str = "", function: str = "", column: int | None = None) -> Place:
        """Return a place in the student's own terms."""
        cell = self.submission.cell(label)
        written = cell.line(line) if cell else None
        return Place(self.submission.place_name(label), line, code if written is None else written, function, column)

    def places(self, failure: Failure) -> tuple[Place, ...]:
        """Return the student's own lines of a traceback."""
        return tuple(
            self.place(frame.label, frame.line, frame.code, frame.function, frame.column) for frame in failure.frames
        )

    def _ask(self, request: dict[str, Any], blob: Blob) -> Answer:
        assert self._child is not None
        try:
            answer = self._child.ask(request, blob, self._timeout_s)
        except ChildDied as died:
            self._death = died.death
            self._forget_child()
            raise
        for note in answer.notes:
            self._notes[note_of(note, self.place(*note.place) if note.place else None)] = None
        return answer

    @property
    def _life(self) -> int:
        """The number of the present child, or of the next one if there is none."""
        return self._children if self._child is not None else self._children + 1

    def _forget_child(self) -> None:
        """Drop a dead child and everything that lived in it."""
        self.close()
        self.memory.clear()

    def _load(self) -> None:
        if self._children == MAX_CHILDREN:
            self.problem = Note(text("Your code was stopped {times} times; it is not run again.", times=MAX_CHILDREN))
            return
        self._children += 1
        self._scratch = Scratch()
        self._scratch.fill(self._files())
        self._child = self._start()
        try:
            self._begin(self._child, self._scratch.path)
            self._run_cells()
        except ChildDied as died:
            self.problem = Note(_load_death(died.death))
            self._forget_child()
        except GraderError:
            self._forget_child()
            raise

    def _begin(self, child: Conversation, scratch: str) -> None:
        """Have the child confine itself; the student's code has no part in what goes wrong here."""
        begin = {"do": "begin", "scratch": scratch, "memory_bytes": MEMORY_BYTES, "life": self._life}
        try:
            self.level = child.ask(begin, Blob(), START_TIMEOUT_S).level
        except ChildDied as died:
            why = f"{died.death.cause.value} {died.death.detail}"
            raise GraderError(text("The worker ended before it read the submission ({why}).", why=why)) from None

    def _run_cells(self) -> None:
        cells = [{"label": cell.label, "source": cell.source} for cell in self.submission.cells]
        self._loaded = self._ask({"do": "load", "cells": cells}, Blob())
        for failure in self._loaded.failures:
            stop = failure_feedback(failure, self.places(failure))
            if not self._loaded.names and len(self.submission.cells) == 1:
                self.problem = Note(stop.found, stop.places, stop.details)
            else:
                self._notes[Note(stop.found, stop.places, stop.details)] = None


def _lives_in(thing: Any) -> Iterator[int]:
    """Yield the numbers of the children that the handles in a request come from."""
    match thing:
        case str() if handle := HANDLE.fullmatch(thing):
            yield int(handle.group(1))
        case dict():
            for each in thing.values():
                yield from _lives_in(each)
        case list() | tuple():
            for each in thing:
                yield from _lives_in(each)


def _load_death(death: Death) -> Text:
    return text("Your code did not get to its end: {why}", why=death_text(death))
