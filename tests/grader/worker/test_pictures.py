"""Figures are noted by what is drawn on their axes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from grader.evidence import Axes, Drawn, array_of
from grader.session import LiveSubmission
from grader.workers import Workers

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import a_live_submission
else:
    from tests.grader.factories import a_live_submission

SUBMISSION = """
import datetime
import io

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def draw(code):
    plt.close("all")
    exec(code, globals())
    plt.savefig("picture.png")


def close(code):
    plt.close("all")
    exec(code, globals())
"""


@pytest.fixture(scope="module")
def submission(workers: Workers) -> Iterator[LiveSubmission]:
    with closing(a_live_submission(workers, SUBMISSION)) as live:
        yield live


def figures(submission: LiveSubmission, code: str, function: str = "draw") -> tuple[Drawn, ...]:
    called = submission.call(function, code=code)
    called.result()
    found: tuple[Drawn, ...] = called.of_kind(Drawn)
    return found


def axes(submission: LiveSubmission, code: str) -> Axes:
    return figures(submission, code)[-1].axes[0]


def numbers(value: Any) -> list[Any]:
    found = array_of(value)
    assert found is not None
    listed: list[Any] = found.tolist()
    return listed


# Lines.


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("plt.plot([5, 6, 7])", [0, 1, 2], id="left-to-matplotlib"),
        pytest.param("plt.plot(range(1, 4), [5, 6, 7])", [1, 2, 3], id="epochs"),
        pytest.param("plt.plot(np.array([[1], [2], [3]]), [5, 6, 7])", [1, 2, 3], id="a-column"),
        pytest.param("pd.Series([5, 6, 7], index=[10, 20, 30]).plot()", [10, 20, 30], id="pandas"),
        pytest.param("plt.plot(['Jan', 'Feb', 'Mar'], [5, 6, 7])", [0, 1, 2], id="names-are-counted"),
        pytest.param(
            "plt.plot([datetime.date(1991, month, 1) for month in (1, 2, 3)], [5, 6, 7])", [0, 1, 2], id="dates"
        ),
    ],
)
def test_a_line_says_where_its_points_stand(submission: LiveSubmission, code: str, expected: list[int]) -> None:
    line = axes(submission, code).lines[0]

    assert numbers(line.y) == [5, 6, 7]
    assert numbers(line.x) == expected


def test_axes_say_title_labels_and_legend(submission: LiveSubmission) -> None:
    drawn = axes(
        submission,
        "plt.plot([1], label='loss'); plt.plot([2], label='val'); plt.legend(); plt.title('T'); "
        "plt.xlabel('epochs'); plt.ylabel('loss')",
    )

    assert (drawn.title, drawn.xlabel, drawn.ylabel) == ("T", "epochs", "loss")
    assert drawn.legend == ("loss", "val")
    assert [line.label for line in drawn.lines] == ["loss", "val"]
    assert drawn.bars == ()


# Bars.


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("plt.bar(['RNN', 'LSTM'], [0.8, 0.9], label='test')", id="bar"),
        pytest.param("plt.barh(['RNN', 'LSTM'], [0.8, 0.9], label='test')", id="barh"),
        pytest.param("pd.DataFrame({'test': [0.8, 0.9]}, index=['RNN', 'LSTM']).plot.bar()", id="pandas"),
        pytest.param(
            "plt.bar([0, 1], [0.8, 0.9], label='test'); plt.xticks([0, 1], ['RNN', 'LSTM'])", id="names-given-later"
        ),
    ],
)
def test_bars_say_their_lengths_and_names(submission: LiveSubmission, code: str) -> None:
    drawn = axes(submission, code)

    assert [(bars.label, numbers(bars.lengths)) for bars in drawn.bars] == [("test", [0.8, 0.9])]
    assert drawn.ticks == ("RNN", "LSTM")


def test_groups_of_bars_are_kept_apart(submission: LiveSubmission) -> None:
    drawn = axes(submission, "plt.bar([0, 1], [1, 2], width=0.4, label='a'); plt.bar([0.4, 1.4], [3, 4], label='b')")

    assert [(bars.label, numbers(bars.lengths)) for bars in drawn.bars] == [("a", [1, 2]), ("b", [3, 4])]


def test_error_bars_are_no_bars(submission: LiveSubmission) -> None:
    assert axes(submission, "plt.errorbar([0, 1], [1, 2], yerr=0.1)").bars == ()


def test_numbers_along_the_axes_are_no_names(submission: LiveSubmission) -> None:
    assert axes(submission, "plt.bar([0, 1], [3, 4])").ticks == ()


# Files and screens.


@pytest.mark.parametrize(
    ("code", "path"),
    [
        pytest.param("plt.plot([1]); plt.savefig('a.png')", "a.png", id="file"),
        pytest.param("plt.plot([1]); plt.savefig('b')", "b.png", id="no-suffix"),
        pytest.param("plt.plot([1]); plt.gcf().savefig('c', format='pdf')", "c.pdf", id="another-format"),
        pytest.param("plt.plot([1]); plt.savefig(io.BytesIO())", None, id="stream"),
        pytest.param("plt.plot([1]); plt.show()", None, id="screen"),
    ],
)
def test_a_figure_says_where_it_went(submission: LiveSubmission, code: str, path: str | None) -> None:
    assert [figure.path for figure in figures(submission, code, "close")] == [path]


def test_a_figure_that_is_neither_saved_nor_shown_was_not_drawn(submission: LiveSubmission) -> None:
    assert figures(submission, "plt.plot([1])", "close") == ()


# Notebooks.


def test_figures_open_at_the_end_of_a_cell_are_shown_and_closed(workers: Workers) -> None:
    cells = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "plt.plot([3, 4])\nplt.savefig('saved.png')",
        "x = 1",
        "fig, axes = plt.subplots(1, 2)\naxes[0].plot([5])\nraise RuntimeError",
    )

    with closing(a_live_submission(workers, *cells)) as notebook:
        figures = notebook.program().of_kind(Drawn)

    drawn = [(figure.path, [[numbers(line.y) for line in axes.lines] for axes in figure.axes]) for figure in figures]
    assert drawn == [(None, [[[1, 2]]]), ("saved.png", [[[3, 4]]]), (None, [[[3, 4]]]), (None, [[[5]], []])]


def test_figures_open_at_the_end_of_a_script_are_not_shown(workers: Workers) -> None:
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nopen_ones = len(plt.get_fignums())"

    with closing(a_live_submission(workers, source)) as script:
        assert script.program().of_kind(Drawn) == ()
        assert script.constant("open_ones", 0) == 1
