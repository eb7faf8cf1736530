"""Words for figures: curves on one pair of axes, bars, legends, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from grader.called import Called
from grader.errors import CheckFailed
from grader.evidence import Array, Axes, Bars, Drawn, Line, Plain
from grader.expect import Curve, drawn, expect_axes, expect_bars, expect_figure
from grader.report import Feedback
from grader.session import LiveSubmission
from grader.text import literal

if TYPE_CHECKING:  # mypy knows the files of a folder without __init__.py by their bare names
    from factories import said
else:
    from tests.grader.factories import said

EPOCHS = np.arange(1, 4)
LOSS, VAL_LOSS = np.array([0.5, 0.4, 0.3]), np.array([0.6, 0.5, 0.55])
CURVES = (Curve(literal("the training loss"), LOSS, EPOCHS), Curve(literal("the validation loss"), VAL_LOSS, EPOCHS))


def an_array(values: Any) -> Array:
    array = np.asarray(values, "float64")
    return Array("float64", array.shape, (0, array.nbytes), values=array)


def a_line(y: Any, x: Any = EPOCHS) -> Line:
    return Line("", an_array(x), an_array(y))


def some_axes(*lines: Line, legend: int = 0, bars: tuple[Any, ...] = ()) -> Axes:
    groups = tuple(Bars("", an_array(each)) for each in bars)
    return Axes("", "", "", ("curve",) * legend, lines, groups)


def a_figure(*axes: Axes, path: str | None = "loss.png") -> Drawn:
    return Drawn(path, axes)


def drew(*figures: Drawn, failed: str = "") -> Called:
    """A call that drew these figures."""
    problem = Feedback(literal(failed)) if failed else None
    return Called(cast(LiveSubmission, None), "plot", "plot()", Plain(None), figures, problem)


def refused(expect: Any, called: Called, *what: Any, **how: Any) -> list[str]:
    with pytest.raises(CheckFailed) as problem:
        expect(called, *what, **how)
    return said(problem.value.feedback)


TOGETHER = "No axes show this together: the training loss, the validation loss."


# Curves.


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param((a_figure(some_axes(a_line(LOSS), a_line(VAL_LOSS))),), id="saved"),
        pytest.param((a_figure(some_axes(a_line(VAL_LOSS), a_line(LOSS)), path=None),), id="shown-in-another-order"),
        pytest.param(
            (a_figure(some_axes(a_line([1, 2, 3])), some_axes(a_line(LOSS), a_line(VAL_LOSS), a_line([0]))),),
            id="beside-others",
        ),
        pytest.param((a_figure(), a_figure(some_axes(a_line(LOSS), a_line(VAL_LOSS)))), id="in-a-second-figure"),
    ],
)
def test_curves_on_one_pair_of_axes_are_accepted(figures: tuple[Drawn, ...]) -> None:
    expect_axes(drew(*figures), *CURVES)


def test_the_place_of_a_curve_may_be_free() -> None:
    called = drew(a_figure(some_axes(a_line(LOSS, [0, 1, 2]))))

    expect_axes(called, Curve(literal("the loss"), LOSS))


@pytest.mark.parametrize(
    ("axes", "details"),
    [
        pytest.param((some_axes(a_line(LOSS)), some_axes(a_line(VAL_LOSS))), [], id="on-axes-of-their-own"),
        pytest.param((some_axes(a_line(LOSS)),), ["No line shows the validation loss."], id="one-missing"),
        pytest.param(
            (some_axes(a_line(LOSS), a_line(LOSS)),), ["No line shows the validation loss."], id="the-same-twice"
        ),
        pytest.param(
            (some_axes(), some_axes(a_line(LOSS[:2], EPOCHS[:2]))),
            ["No line shows the training loss.", "No line shows the validation loss."],
            id="cut-short",
        ),
        pytest.param(
            (some_axes(a_line(LOSS, EPOCHS - 1), a_line(VAL_LOSS)),),
            ["The line that shows the training loss does not stand over 1…3."],
            id="epochs-from-zero",
        ),
        pytest.param(
            (some_axes(a_line(LOSS)), some_axes(a_line(VAL_LOSS, EPOCHS - 1))),
            ["The line that shows the validation loss does not stand over 1…3."],
            id="elsewhere-and-from-zero",
        ),
    ],
)
def test_curves_that_are_not_together_are_refused(axes: tuple[Axes, ...], details: list[str]) -> None:
    assert refused(expect_axes, drew(a_figure(*axes)), *CURVES) == [TOGETHER, *details]


def test_a_figure_without_axes_shows_nothing() -> None:
    assert refused(expect_axes, drew(a_figure()), CURVES[0]) == [
        "No axes show this together: the training loss.",
        "No line shows the training loss.",
    ]


@pytest.mark.parametrize(("names", "enough"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_legend_tells_as_many_curves_apart_as_there_are(names: int, enough: bool) -> None:
    called = drew(a_figure(some_axes(a_line(LOSS), a_line(VAL_LOSS), legend=names)))
    expect_axes(called, *CURVES)

    if enough:
        expect_axes(called, *CURVES, legend=True)
    else:
        words = refused(expect_axes, called, *CURVES, legend=True)
        assert words == ["No legend says which line is which.", "plt.legend()"]


def test_the_axes_with_the_legend_are_looked_at() -> None:
    """Both show the curves: a picture drawn again with a legend is right."""
    plain, named = (some_axes(a_line(LOSS), a_line(VAL_LOSS), legend=names) for names in (0, 2))

    expect_axes(drew(a_figure(plain), a_figure(named)), *CURVES, legend=True)


# Files.


def test_the_figure_in_the_file_is_looked_at() -> None:
    right, wrong = some_axes(a_line(LOSS), a_line(VAL_LOSS)), some_axes(a_line(LOSS))
    called = drew(a_figure(right, path="out/loss.png"), a_figure(wrong, path="C:\\tmp\\other.png"))

    expect_axes(called, *CURVES, path="loss.png")
    expect_figure(called, path="loss.png", lines=((literal("the loss"), LOSS),))

    assert refused(expect_axes, called, *CURVES, path="other.png")[0] == TOGETHER


def test_of_a_file_saved_twice_the_last_counts() -> None:
    right, wrong = some_axes(a_line(LOSS), a_line(VAL_LOSS)), some_axes()

    expect_axes(drew(a_figure(wrong), a_figure(right)), *CURVES, path="loss.png")

    assert refused(expect_axes, drew(a_figure(right), a_figure(wrong)), *CURVES, path="loss.png")[0] == TOGETHER


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        pytest.param((), "No figure is saved.", id="none"),
        pytest.param((a_figure(path=None),), "The figure is shown, but not saved.", id="shown"),
        pytest.param(
            (a_figure(path="a.png"), a_figure(path="b/c.png")), "The figure is saved as a.png, c.png.", id="as"
        ),
    ],
)
def test_another_file_is_refused(figures: tuple[Drawn, ...], words: str) -> None:
    for expect, how in (
        (expect_axes, {"path": "loss.png"}),
        (expect_bars, {"path": "loss.png", "bars": ()}),
        (expect_figure, {"path": "loss.png", "lines": ()}),
    ):
        assert refused(expect, drew(*figures), **how) == [words, 'savefig("loss.png")']


def test_any_figure_will_do_where_no_file_is_asked_for() -> None:
    figures = (a_figure(path=None), a_figure())

    assert drawn(drew(*figures)) == figures
    assert refused(drawn, drew()) == ["No figure is drawn, or it is neither saved nor shown.", "plt.savefig(…)"]


def test_what_stopped_the_call_is_said_where_there_is_no_figure() -> None:
    called = drew(failed="plot stopped.")

    assert refused(drawn, called) == ["plot stopped."]
    assert refused(expect_axes, called, *CURVES, path="loss.png") == ["plot stopped."]


# Bars.

ACCURACY = np.array([0.8, 0.9, 0.85])
BARS = (literal("the test accuracy"), ACCURACY)


@pytest.mark.parametrize(
    "axes",
    [
        pytest.param((some_axes(bars=(ACCURACY,)),), id="together"),
        pytest.param((some_axes(bars=(ACCURACY[::-1],)),), id="in-another-order"),
        pytest.param((some_axes(bars=(ACCURACY * 100,)),), id="in-percent"),
        pytest.param((some_axes(bars=([0.8], [0.9], [0.85])),), id="one-by-one"),
        pytest.param((some_axes(bars=([1, 2, 3], ACCURACY)),), id="a-group-of-several"),
        pytest.param((some_axes(a_line(LOSS)), some_axes(bars=(ACCURACY,))), id="on-other-axes"),
    ],
)
def test_bars_are_accepted_however_they_are_drawn(axes: tuple[Axes, ...]) -> None:
    expect_bars(drew(a_figure(*axes)), path="loss.png", bars=(BARS,))


@pytest.mark.parametrize(
    ("axes", "count"),
    [
        pytest.param(some_axes(), 0, id="none"),
        pytest.param(some_axes(a_line(ACCURACY)), 0, id="a-line"),
        pytest.param(some_axes(bars=(ACCURACY[:2],)), 1, id="a-bar-too-few"),
        pytest.param(some_axes(bars=(1 - ACCURACY, ACCURACY / 2)), 2, id="other-lengths"),
    ],
)
def test_other_bars_are_refused(axes: Axes, count: int) -> None:
    words = refused(expect_bars, drew(a_figure(axes)), path="loss.png", bars=(BARS,))

    assert words == [f"The figure shows {count} groups of bars.", "No bars show the test accuracy."]


def test_every_group_of_bars_must_be_there() -> None:
    called = drew(a_figure(some_axes(bars=(ACCURACY,))))

    words = refused(expect_bars, called, path="loss.png", bars=(BARS, (literal("the seconds"), LOSS)))

    assert words == ["The figure shows 1 groups of bars.", "No bars show the seconds."]
