"""A submission at work: what checks ask, and what the worker said to it.

A :class:`LiveSubmission` asks each thing once and remembers the answer as long
as the child that gave it lives (:mod:`grader.host`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from grader import datasets, evidence
from grader.called import Called, spelled
from grader.child import ChildDied, Conversation
from grader.errors import CheckFailed
from grader.evidence import Answer, LayerState, Plain, Ref, Rehearsal, Trace, Value
from grader.feedback import death_text, failure_feedback
from grader.host import Host
from grader.isolation import Level
from grader.report import Feedback, Note, Place
from grader.reviews import Reviews
from grader.spec import Layer
from grader.submission import Submission
from grader.text import Text, text
from grader.worker.channel import Blob

T = TypeVar("T")

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
        self._setup = setup
        self._host = Host(submission, start, self._files, timeout_s)
        self._deaths: dict[str, Called] = {}

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
        known: Called | None = self._deaths.get(key) or self._host.memory.get(key)
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
        loaded = self._host.loaded()
        stopped = loaded.failures[-1:]
        failed = failure_feedback(stopped[0], self._host.places(stopped[0])) if stopped else None
        return Called(self, text("Your program"), "", Plain(None), loaded.events, failed)

    def defines(self, name: str) -> bool:
        """Tell whether the submission has a public function or class of this name.

        Raises:
            Unanswerable: the submission cannot be run.
        """
        known = self._host.loaded().names.get(name)
        return known is not None and known.kind in ("function", "class")

    def called_by(self, name: str) -> tuple[str, ...]:
        """Return the submission's own functions that one of its functions calls by name, in their order there."""
        names = self._host.loaded().names
        called = self.submission.called_in(name)
        return tuple(each for each in called if each != name and each in names and names[each].kind == "function")

    def constant(self, name: str, default: int) -> int:
        """Return a whole number that the submission's top level gives a name; else the default."""
        known = self._host.loaded().names.get(name)
        return default if known is None or known.number is None else known.number

    def models(self) -> dict[str, Ref]:
        """Return the models that the submission's own names stand for, in the order of the names' definition."""
        names = self._host.loaded().names
        return {name: Ref(known.handle) for name, known in names.items() if known.kind == "model"}

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
        key = f"{request} {hashlib.sha256(blob.tobytes()).hexdigest()}"
        if key not in self._host.memory:
            answer = self._host.survived(request, blob, text("Your code did not let its inputs be made."))
            self._host.memory[key] = Ref(getattr(answer.result, "handle", ""))
        made: Ref = self._host.memory[key]
        return made

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
            raise self._host.failed(answer.failure, _DOES_NOT_RUN)
        return _trace_in(answer)

    def partial_trace(self, model: Ref, inputs: tuple[np.ndarray, ...]) -> Trace:
        """Return a model's trace, up to where it stopped if it did."""
        return _trace_in(self._traced(model, inputs, None))

    def _traced(self, model: Ref, inputs: tuple[np.ndarray, ...], whole: int | None) -> Answer:
        key = (model.handle, model.path, tuple((each.shape, each.dtype.kind) for each in inputs))
        if key not in self._host.memory:
            blob = Blob()
            sent = [evidence.encode(each, blob) for each in inputs]
            request = {
                "do": "trace",
                "model": model.handle,
                "path": list(model.path),
                "inputs": sent,
                "whole": whole,
            }
            self._host.memory[key] = self._host.survived(request, blob, _DOES_NOT_RUN)
        answer: Answer = self._host.memory[key]
        return answer

    def layers(self, model: Ref) -> tuple[LayerState, ...]:
        """Return the layers that a model holds, whether it uses them or not."""
        return self._held(model).layers

    def declared(self, model: Ref) -> tuple[tuple[int | None, ...], ...]:
        """Return the input shapes that a model was declared with, the batch first; () if with none."""
        return self._held(model).declared

    def kept(self, model: Ref) -> dict[str, Value]:
        """Return the tensors, and lists of tensors, that a model keeps in attributes, by their names."""
        return dict(self._held(model).kept)

    def _held(self, model: Ref) -> Answer:
        key = (model.handle, model.path)
        if key not in self._host.memory:
            request = {"do": "layers", "model": model.handle, "path": list(model.path)}
            self._host.memory[key] = self._host.answered(request, Blob(), text("Your model's layers cannot be read."))
        answer: Answer = self._host.memory[key]
        return answer

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
        return self._host.answered(request, blob, _DOES_NOT_RUN).outputs

    def rehearse(self, callbacks: tuple[str, ...], course: dict[str, tuple[float, ...]]) -> Rehearsal:
        """Take callbacks, by their handles, through a training whose logs are given."""
        key = ("rehearse", callbacks, tuple(course.items()))
        if key not in self._host.memory:
            sent = [[name, list(values)] for name, values in course.items()]
            request = {"do": "rehearse", "callbacks": list(callbacks), "course": sent}
            self._host.memory[key] = self._host.answered(request, Blob(), text("Your callbacks cannot be run."))
        answer: Answer = self._host.memory[key]
        return answer.rehearsal or Rehearsal(0, 0, ())

    def measure(self, model: Ref, targets: np.ndarray, predictions: np.ndarray) -> dict[str, np.ndarray]:
        """Return the model's compiled loss and metrics, each a number a batch.

        Args:
            model: a compiled model.
            targets: shape (batches, rows, units).
            predictions: the same shape.
        """
        blob = Blob()
        request = {
            "do": "measure",
            "model": model.handle,
            "targets": evidence.encode(targets, blob),
            "predictions": evidence.encode(predictions, blob),
        }
        answer = self._host.answered(request, blob, text("The compiled loss and metrics cannot be computed."))
        unknown = np.full(len(targets), np.nan)
        numbers = {name: evidence.array_of(value) for name, value in answer.numbers}
        found = {
            name: number if number is not None and number.shape == unknown.shape else unknown
            for name, number in numbers.items()
        }
        return {"loss": unknown, **found}

    def step(self, model: Ref, gradients: np.ndarray) -> np.ndarray | None:
        """Return what the optimizer of a compiled model makes of weights that start at zero.

        Args:
            model: a compiled model.
            gradients: shape (steps, weights).
        """
        blob = Blob()
        request = {"do": "step", "model": model.handle, "gradients": evidence.encode(gradients, blob)}
        answer = self._host.answered(request, blob, text("The compiled optimizer takes no step."))
        return evidence.array_of(answer.outputs[0]) if answer.outputs else None

    def once(self, key: tuple[Hashable, ...], question: Callable[[], T]) -> T:
        """Return the answer to a question that takes several requests; it is asked once in the life of a child."""
        if key not in self._host.memory:
            self._host.memory[key] = question()
        answer: T = self._host.memory[key]
        return answer

    # What the report wants to know.

    def place(self, label: str, line: int) -> Place:
        """Return a line of the submission, in the student's own terms."""
        return self._host.place(label, line)

    @property
    def problem(self) -> Note | None:
        """Why nothing could be run."""
        return self._host.problem

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks: old spellings, crashes beside the graded parts."""
        return self._host.notes

    @property
    def level(self) -> Level:
        """The isolation in force."""
        return self._host.level

    @property
    def output(self) -> str:
        """What the student's code printed while it was loaded and called."""
        return self._host.output

    def close(self) -> None:
        """End the child and remove its scratch folder."""
        self._host.close()

    # How it is asked.

    def _files(self) -> dict[str, bytes]:
        files = {name: datasets.path(name).read_bytes() for name in self._setup.files}
        if self._setup.reviews is not None:
            files["imdb.npz"] = self.reviews.file()
            files["imdb_word_index.json"] = self.reviews.word_index()
        return files

    def _require(self, name: str) -> None:
        loaded = self._host.loaded()
        known = loaded.names.get(name)
        if known is None:
            raise CheckFailed(self._missing(name, loaded))
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
            stop = failure_feedback(loaded.failures[-1], self._host.places(loaded.failures[-1]))
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
            answer = self._host.ask(request, blob)
        except ChildDied as died:
            found = text("{name} did not return.", name=name)
            failed = Feedback(found, None, (death_text(died.death),), stopped=True)
            self._deaths[key] = Called(self, name, spelled, None, (), failed)
            return self._deaths[key]
        failed_with = None
        if answer.failure is not None:
            failed_with = failure_feedback(answer.failure, self._host.places(answer.failure), name)
        called = Called(self, name, spelled, answer.result, answer.events, failed_with)
        self._host.memory[key] = called
        return called


def _trace_in(answer: Answer) -> Trace:
    return answer.trace if answer.trace is not None else Trace((), (), (), ())


def _nearest(name: str, names: Mapping[str, object]) -> str | None:
    import difflib  # noqa: PLC0415 - only when a name is missing

    def digits(word: str) -> str:
        return "".join(filter(str.isdigit, word))

    # build_model1 is no misspelt build_model2.
    candidates = [each for each in names if digits(each) == digits(name)]
    return next(iter(difflib.get_close_matches(name, candidates, 1, 0.75)), None)
