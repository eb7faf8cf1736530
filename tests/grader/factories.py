"""Builders of the values that tests are about, and Hypothesis strategies for them."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from grader.evidence import LayerCall, LayerState, Source, Trace
from grader.isolation import Level
from grader.language import ENGLISH
from grader.report import CheckReport, Conditions, Feedback, Note, Outcome, Place, Report
from grader.session import LiveSubmission, Setup
from grader.submission import Cell, Kind, Submission
from grader.text import Text, literal, text
from grader.workers import Workers

LAW = settings(
    deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=False
)
"""Property tests: the same examples in every run, and no clock."""

# Reports.


def a_place(line: int = 3, code: str = "x = 1", file: str = "lesson_4_2.py") -> Place:
    return Place(literal(file), line, code, "build_model")


def a_check(outcome: Outcome = Outcome.PASSED, *, points: int = 2, task: int = 1, **changes: Any) -> CheckReport:
    given: dict[str, Any] = {"name": "test_layers", "title": literal("The model has its layers."), **changes}
    return CheckReport(task=task, points=points, outcome=outcome, **given)


def a_failed_check(words: str = "Your model has 2 layers.", **changes: Any) -> CheckReport:
    """A failed check that says ``words`` wherever words can be said."""
    said = literal(words)
    feedback = Feedback(said, said, (said,), (Place(said, 3, words, words),))
    return a_check(Outcome.FAILED, **{"feedback": feedback, "why": said, "hint": said, **changes})


def a_report(*checks: CheckReport, **changes: Any) -> Report:
    given: dict[str, Any] = {
        "lesson": "4_2",
        "title": literal("Sentiment of film reviews"),
        "submission": "lesson_4_2.py",
        "digest": "0" * 64,
        "conditions": Conditions("fork", Level.A, 1.25, (("grader", "0.1.0"),)),
        **changes,
    }
    return Report(checks=checks, **given)


def a_report_that_says(words: str) -> Report:
    """A report in which ``words`` stand in every place that a student's words can reach."""
    note = Note(literal(words), (a_place(code=words, file=words),), (literal(words),))
    checks = (
        a_check(title=literal(words)),
        a_failed_check(words),
        a_check(Outcome.BLOCKED, task=2, feedback=Feedback(literal(words))),
        a_check(Outcome.ERROR, task=2, feedback=Feedback(literal(words))),
    )
    return a_report(*checks, submission=words, problem=note, notes=(note,), output=words)


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    """Literal words, and sentences that name a value or another sentence."""
    plain = words.map(literal)
    return plain | st.builds(lambda found, said: text("{found} ({said})", found=found, said=said), words, plain)


def reports(words: st.SearchStrategy[str]) -> st.SearchStrategy[Report]:
    """Any report at all, made of some words."""
    said = texts(words)
    lines = st.integers(0, 10**6)
    places = st.lists(st.builds(Place, said, lines, words, words, st.none() | lines), max_size=2).map(tuple)
    details = st.lists(said, max_size=2).map(tuple)
    feedback = st.builds(Feedback, said, st.none() | said, details, places)
    notes = st.builds(Note, said, places, details)
    small = st.integers(0, 99)
    checks = st.builds(
        CheckReport,
        words,
        said,
        small,
        small,
        st.sampled_from(Outcome),
        st.none() | feedback,
        st.none() | said,
        st.none() | said,
    )
    return st.builds(
        Report,
        words,
        said,
        words,
        words,
        st.lists(checks, max_size=4).map(tuple),
        st.builds(
            Conditions,
            words,
            st.sampled_from(Level),
            st.floats(0, 10**6),
            st.lists(st.tuples(words, words), max_size=2).map(tuple),
        ),
        st.none() | notes,
        st.lists(notes, max_size=2).map(tuple),
        words,
    )


def columns(line: str) -> int:
    """Return how many columns of a terminal a line takes: a wide character takes two."""
    return sum(map(_columns, line))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


# Traces.


def from_input(index: int = 0) -> Source:
    return Source("input", index=index)


def from_call(call: int, output: int = 0, *ops: str) -> Source:
    """The output of a call, with operations on it, the innermost first."""
    source = Source("call", call=call, output=output)
    for op in ops:
        source = Source("op", op=op, of=source)
    return source


def a_layer(kind: str, *inner: LayerState, **layer_settings: Any) -> LayerState:
    return LayerState(kind, layer_settings, inner)


def a_call(
    layer: int,
    *inputs: Source,
    states: tuple[Source, ...] = (),
    outputs: int = 1,
    shape: tuple[int, ...] = (3, 4),
) -> LayerCall:
    return LayerCall(layer, inputs, states, (shape,) * outputs, None)


def a_trace(*layers: LayerState, calls: tuple[LayerCall, ...] = (), outputs: tuple[Source, ...] = ()) -> Trace:
    """A trace; without ``calls`` each layer runs on the one before, and the last gives the output."""
    in_a_row = tuple(a_call(n, from_call(n - 1) if n else from_input()) for n in range(len(layers)))
    return Trace(layers, calls or in_a_row, outputs or (from_call(len(layers) - 1),), ())


# Notebooks.


def code_cell(source: Any, **changes: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        **changes,
    }


def markdown_cell(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def a_notebook(*cells: dict[str, Any], minor: int = 4) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells})


# Submissions at work.


def a_live_submission(
    workers: Workers, *sources: str, setup: Setup | None = None, timeout_s: float = 20.0
) -> LiveSubmission:
    """A submission of these sources: a script, or the cells of a notebook. Whoever opens it closes it."""
    labels = ["x.py"] if len(sources) == 1 else [f"cell {number}" for number in range(1, len(sources) + 1)]
    cells = tuple(Cell(label, literal(label), source) for label, source in zip(labels, sources, strict=True))
    kind = Kind.SCRIPT if len(sources) == 1 else Kind.NOTEBOOK
    submission = Submission("x.py", kind, cells, "")
    return LiveSubmission(submission, workers.start, setup or Setup(), timeout_s=timeout_s, seed=1)


def said(feedback: Feedback) -> list[str]:
    """What a feedback says, in English, one sentence after the other."""
    return [ENGLISH.say(each) for each in (feedback.found, feedback.expected, *feedback.details) if each is not None]
