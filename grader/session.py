"""A submission at work: what checks ask, and what the worker said to it.

A :class:`LiveSubmission` owns the children that one submission runs in. It
loads the source at the first question, remembers every call, and goes on in a
new child when one dies, so that an endless loop in one function costs that
function only.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader import datasets, evidence
from grader.called import Called, spelled
from grader.child import ChildDied, Conversation, Death
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import Answer, Failure, LayerState, Plain, Ref, Rehearsal, Trace, Value
from grader.feedback import death_text, failure_feedback, note_of
from grader.report import Feedback, Note, Place
from grader.reviews import Reviews
from grader.spec import Layer
from grader.submission import Submission
from grader.text import Text, text
from grader.worker.channel import Blob
from grader.workers import MEMORY_BYTES, START_TIMEOUT_S

MAX_CHILDREN = 4
"""A submission whose children keep dying is not asked for ever."""


_DOES_NOT_RUN = text("Your model does not run on a batch of inputs.")


@dataclass(frozen=True, slots=True)
class Setup:
    """What lies in the scratch folder when a submission is loaded."""

    files: tuple[str, ...] = ()
    """Files of the kit's data folder."""
    reviews: tuple[int, int] | None = None
    """A small stand-in for IMDb, for Keras's own loader: so many reviews to train, so many to test."""


class LiveSubmission:
    """A submission, loaded in a worker; checks know it as ``submission``."""

    def __init__(
        self,
        submission: Submission,
        start: Callable[[], Conversation],
        setup: Setup,
        *,
        timeout_s: float = 20.0,
        seed: int | None = None,
    ) -> None:
        self.submission = submission
        self.random = np.random.default_rng(int.from_bytes(os.urandom(8)) if seed is None else seed)
        """Draws the challenges; seeded from the system unless a run is repeated."""
        self.reviews = Reviews.draw(np.random.default_rng(list(submission.digest.encode())), *(setup.reviews or (0, 0)))
        """What ``imdb.load_data`` finds, in lessons that load it: each submission its own, the same in every run."""
        self._start = start
        self._setup = setup
        self._timeout_s = timeout_s
        self._child: Conversation | None = None
        self._children = 0
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._loaded: Answer | None = None
        self._problem = Note(submission.problem) if submission.problem else None
        self._calls: dict[str, Called] = {}
        self._deaths: dict[str, Called] = {}
        self._traces: dict[tuple[Any, ...], Answer] = {}
        self._made: dict[str, Ref] = {}
        self._notes: dict[Note, None] = {}
        self._level = "-"
        self._output = ""

    # What checks ask.

    def call(self, name: str, /, **arguments: Any) -> Called:
        """Call a public function or class of the submission; the same call only once.

        Args:
            name: its name.
            arguments: plain values, arrays and references, in the order of the
                function's parameters (they go by name where the names agree).

        Raises:
            CheckFailed: the submission has no such name.
            Unanswerable: the submission cannot be run.
        """
        blob = Blob()
        sent = [[each, evidence.encode(value, blob)] for each, value in arguments.items()]
        key = f"{name} {sent} {hashlib.sha256(blob.tobytes()).hexdigest()}"
        known = self._deaths.get(key) or self._calls.get(key)
        if known is None:
            self._require(name)
            known = self._call(name, spelled(name, arguments), key, sent, blob)
        return known

    def program(self, **arguments: Any) -> Called:
        """Return what the whole program did: its ``main``, called with these arguments, or its top-level code.

        Raises:
            Unanswerable: the submission cannot be run.
        """
        if self.defines("main"):
            return self.call("main", **arguments)
        assert self._loaded is not None
        stopped = self._loaded.failures[-1:]
        failed = failure_feedback(stopped[0], self.places(stopped[0])) if stopped else None
        return Called(self, text("Your program"), "", Plain(None), self._loaded.events, failed)

    def defines(self, name: str) -> bool:
        """Tell whether the submission has a public function or class of this name.

        Raises:
            Unanswerable: the submission cannot be run.
        """
        self._require_child()
        assert self._loaded is not None
        known = self._loaded.names.get(name)
        return known is not None and known.kind in ("function", "class")

    def constant(self, name: str, default: int) -> int:
        """Return a whole number that the submission's top level gives a name; else the default."""
        self._require_child()
        assert self._loaded is not None
        known = self._loaded.names.get(name)
        return default if known is None or known.number is None else known.number

    def models(self) -> dict[str, Ref]:
        """Return the models that the submission's own names stand for, in the order of the names' definition."""
        self._require_child()
        assert self._loaded is not None
        return {name: Ref(known.handle) for name, known in self._loaded.names.items() if known.kind == "model"}

    def build(self, *layers: Layer) -> Ref:
        """Make a model of plain Keras layers in the worker, to hand to the submission; each only once."""
        return self._make({"do": "build", "layers": [[layer.kind, layer.settings] for layer in layers]}, Blob())

    def dataset(self, x: np.ndarray, y: np.ndarray, batch_size: int) -> Ref:
        """Make a tf.data pipeline in the worker, in full batches, not shuffled; each only once."""
        blob = Blob()
        arrays = {"x": evidence.encode(x, blob), "y": evidence.encode(y, blob)}
        return self._make({"do": "dataset", **arrays, "batch_size": batch_size}, blob)

    def history(self, **values: tuple[float, ...]) -> Ref:
        """Make a Keras history in the worker: for every name a value after each epoch; each only once."""
        return self._make({"do": "history", "values": [[name, list(each)] for name, each in values.items()]}, Blob())

    def _make(self, request: dict[str, Any], blob: Blob) -> Ref:
        self._require_child()
        key = f"{request} {hashlib.sha256(blob.tobytes()).hexdigest()}"
        if key not in self._made:
            self._made[key] = Ref(getattr(self._ask(request, blob).result, "handle", ""))
        return self._made[key]

    def trace(self, model: Ref, inputs: tuple[np.ndarray, ...], *, whole: int | None = None) -> Trace:
        """Run a model on ``inputs`` and return its trace; the same shapes only once.

        Args:
            model: the model.
            inputs: a batch for each of its inputs.
            whole: the lesson's own number of steps, if ``inputs`` have fewer: the student's constants of that
                value stand for the number in ``inputs`` meanwhile.

        Raises:
            CheckFailed: the model does not run on them.
        """
        answer = self._traced(model, inputs, whole)
        if answer.failure is not None:
            raise self._failed(answer.failure, _DOES_NOT_RUN)
        return _trace_in(answer)

    def partial_trace(self, model: Ref, inputs: tuple[np.ndarray, ...]) -> Trace:
        """Return a model's trace, up to where it stopped if it did."""
        return _trace_in(self._traced(model, inputs, None))

    def _traced(self, model: Ref, inputs: tuple[np.ndarray, ...], whole: int | None) -> Answer:
        key = (model.handle, model.path, tuple((each.shape, each.dtype.kind) for each in inputs))
        if key not in self._traces:
            blob = Blob()
            sent = [evidence.encode(each, blob) for each in inputs]
            request = {
                "do": "trace",
                "model": model.handle,
                "path": list(model.path),
                "inputs": sent,
                "whole": whole,
            }
            self._traces[key] = self._survived(request, blob, _DOES_NOT_RUN)
        return self._traces[key]

    def layers(self, model: Ref) -> tuple[LayerState, ...]:
        """Return the layers that a model holds, whether it uses them or not."""
        return self._held(model).layers

    def declared(self, model: Ref) -> tuple[tuple[int | None, ...], ...]:
        """Return the input shapes that a model was declared with, the batch first; () if with none."""
        return self._held(model).declared

    def _held(self, model: Ref) -> Answer:
        key = (model.handle, model.path)
        if key not in self._traces:
            request = {"do": "layers", "model": model.handle, "path": list(model.path)}
            self._traces[key] = self._answered(request, Blob(), text("Your model's layers cannot be read."))
        return self._traces[key]

    def run(
        self,
        model: Ref,
        weights: list[tuple[np.ndarray, ...]],
        inputs: tuple[np.ndarray, ...],
        *,
        training: bool = False,
        whole: int | None = None,
    ) -> tuple[Value, ...]:
        """Set the weights of the traced layers (none given: leave them), run on ``inputs``, return the outputs."""
        blob = Blob()
        request = {
            "do": "run",
            "model": model.handle,
            "path": list(model.path),
            "weights": [[evidence.encode(weight, blob) for weight in layer] for layer in weights],
            "inputs": [evidence.encode(each, blob) for each in inputs],
            "training": training,
            "whole": whole,
        }
        return self._answered(request, blob, _DOES_NOT_RUN).outputs

    def rehearse(self, callbacks: tuple[str, ...], course: dict[str, tuple[float, ...]]) -> Rehearsal:
        """Take callbacks, by their handles, through a training whose logs are given."""
        key = ("rehearse", callbacks, tuple(course.items()))
        if key not in self._traces:
            sent = [[name, list(values)] for name, values in course.items()]
            request = {"do": "rehearse", "callbacks": list(callbacks), "course": sent}
            self._traces[key] = self._answered(request, Blob(), text("Your callbacks cannot be run."))
        return self._traces[key].rehearsal or Rehearsal(0, 0, ())

    def measure(self, model: Ref, targets: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
        """Return the model's compiled loss and metrics on numbers."""
        blob = Blob()
        request = {
            "do": "measure",
            "model": model.handle,
            "targets": evidence.encode(targets, blob),
            "predictions": evidence.encode(predictions, blob),
        }
        answer = self._answered(request, blob, text("The compiled loss and metrics cannot be computed."))
        numbers = {name: evidence.array_of(value) for name, value in answer.numbers}
        return {name: np.nan if number is None or number.ndim else float(number) for name, number in numbers.items()}

    # What the report wants to know.

    @property
    def problem(self) -> Note | None:
        """Why nothing could be run."""
        return self._problem

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks: old spellings, crashes beside the graded parts."""
        return tuple(self._notes)

    @property
    def level(self) -> str:
        """The isolation in force."""
        return self._level

    @property
    def output(self) -> str:
        """What the student's code printed while it was loaded and called."""
        return self._output + (self._child.output() if self._child else "")

    def close(self) -> None:
        """End the child and remove its scratch folder."""
        if self._child is not None:
            self._output += self._child.output()
            self._child.close()
            self._child = None
        if self._scratch is not None:
            self._scratch.cleanup()
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

    # The conversation.

    def _require(self, name: str) -> None:
        self._require_child()
        assert self._loaded is not None
        known = self._loaded.names.get(name)
        if known is None:
            raise CheckFailed(self._missing(name, self._loaded))
        if known.kind not in ("function", "class"):
            raise CheckFailed(
                Feedback(
                    text("{name} is a value, not a function.", name=name),
                    text("a function or class called {name}", name=name),
                    stopped=True,
                )
            )

    def _missing(self, name: str, loaded: Answer) -> Feedback:
        details: tuple[Text, ...] = ()
        near = _nearest(name, loaded.names)
        if near:
            details = (text("There is a {near}: did you mean {name}?", near=near, name=name),)
        if loaded.failures:
            stop = failure_feedback(loaded.failures[-1], self.places(loaded.failures[-1]))
            found = text("Your code stopped before it came to define {name}.", name=name)
            return Feedback(found, stop.expected, (stop.found, *stop.details, *details), stop.places, stopped=True)
        return Feedback(
            text("Your submission defines no {name}.", name=name),
            text("a function or class called {name}", name=name),
            details,
            stopped=True,
        )

    def _call(self, name: str, spelled: str, key: str, sent: list[Any], blob: Blob) -> Called:
        request = {"do": "call", "name": name, "arguments": sent}
        try:
            answer = self._ask(request, blob)
        except ChildDied as died:
            found = text("{name} did not return.", name=name)
            failed = Feedback(found, None, (death_text(died.death),), stopped=True)
            self._deaths[key] = Called(self, name, spelled, None, (), failed)
            return self._deaths[key]
        failed_with = None
        if answer.failure is not None:
            failed_with = failure_feedback(answer.failure, self.places(answer.failure), name)
        self._calls[key] = Called(self, name, spelled, answer.result, answer.events, failed_with)
        return self._calls[key]

    def _answered(self, request: dict[str, Any], blob: Blob, found: Text) -> Answer:
        """Ask; turn a failure of the student's code into a failed check."""
        answer = self._survived(request, blob, found)
        if answer.failure is not None:
            raise self._failed(answer.failure, found)
        return answer

    def _survived(self, request: dict[str, Any], blob: Blob, found: Text) -> Answer:
        """Ask; turn the death of the child into a failed check."""
        try:
            return self._ask(request, blob)
        except ChildDied as died:
            raise CheckFailed(Feedback(found, None, (death_text(died.death),), stopped=True)) from None

    def _failed(self, failure: Failure, found: Text) -> CheckFailed:
        stop = failure_feedback(failure, self.places(failure))
        return CheckFailed(Feedback(found, None, (stop.found, *stop.details), stop.places, stopped=True))

    def _ask(self, request: dict[str, Any], blob: Blob) -> Answer:
        assert self._child is not None
        try:
            answer = self._child.ask(request, blob, self._timeout_s)
        except ChildDied:
            self._forget_child()
            raise
        for note in answer.notes:
            self._notes[note_of(note, self.place(*note.place) if note.place else None)] = None
        return answer

    def _forget_child(self) -> None:
        """Drop a dead child and everything that lived in it."""
        self.close()
        self._calls.clear()
        self._traces.clear()
        self._made.clear()

    def _require_child(self) -> None:
        """Load the submission, in a new child if there is none.

        Raises:
            Unanswerable: it cannot be run.
        """
        if self._problem is None and self._child is None:
            self._load()
        if self._problem is not None:
            raise Unanswerable(self._problem.message)

    def _load(self) -> None:
        if self._children == MAX_CHILDREN:
            self._problem = Note(text("Your code was stopped {times} times; it is not run again.", times=MAX_CHILDREN))
            return
        self._children += 1
        self._scratch = tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True)
        for name, content in self._files().items():
            (Path(self._scratch.name) / name).write_bytes(content)
        self._child = self._start()
        try:
            self._begin_and_load(self._child, self._scratch.name)
        except ChildDied as died:
            self._problem = Note(_load_death(died.death))
            self._forget_child()

    def _files(self) -> dict[str, bytes]:
        files = {name: datasets.path(name).read_bytes() for name in self._setup.files}
        if self._setup.reviews is not None:
            files["imdb.npz"] = self.reviews.file()
            files["imdb_word_index.json"] = self.reviews.word_index()
        return files

    def _begin_and_load(self, child: Conversation, scratch: str) -> None:
        begin = {"do": "begin", "scratch": scratch, "memory_bytes": MEMORY_BYTES}
        self._level = child.ask(begin, Blob(), START_TIMEOUT_S).level
        cells = [{"label": cell.label, "source": cell.source} for cell in self.submission.cells]
        loaded = self._ask({"do": "load", "cells": cells}, Blob())
        self._loaded = loaded
        for failure in loaded.failures:
            stop = failure_feedback(failure, self.places(failure))
            if not loaded.names and len(self.submission.cells) == 1:
                self._problem = Note(stop.found, stop.places, stop.details)
            else:
                self._notes[Note(stop.found, stop.places, stop.details)] = None


def _trace_in(answer: Answer) -> Trace:
    return answer.trace if answer.trace is not None else Trace((), (), (), ())


def _load_death(death: Death) -> Text:
    return text("Your code did not get to its end: {why}", why=death_text(death))


def _nearest(name: str, names: Mapping[str, object]) -> str | None:
    import difflib  # noqa: PLC0415 - only when a name is missing

    def digits(word: str) -> str:
        return "".join(filter(str.isdigit, word))

    # build_model1 is no misspelt build_model2.
    candidates = [each for each in names if digits(each) == digits(name)]
    return next(iter(difflib.get_close_matches(name, candidates, 1, 0.75)), None)
