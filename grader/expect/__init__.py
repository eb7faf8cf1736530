"""Expectations: the words that checks are written in.

Each ``expect_…`` returns nothing when the submission meets it and raises
:class:`~grader.errors.CheckFailed`, with the feedback, when it does not.
"""

from grader.expect.compiling import expect_compiled
from grader.expect.figures import expect_figure
from grader.expect.inputs import sequences, tokens
from grader.expect.model import (
    expect_holds,
    expect_layers,
    expect_model,
    expect_network,
    expect_settings,
)
from grader.expect.state import expect_state_given, expect_state_taken
from grader.expect.training import expect_evaluated, expect_fitted, expect_fitted_models, expect_returns
from grader.expect.values import expect_array, expect_equal, expect_true

__all__ = [
    "expect_array",
    "expect_compiled",
    "expect_equal",
    "expect_evaluated",
    "expect_figure",
    "expect_fitted",
    "expect_fitted_models",
    "expect_holds",
    "expect_layers",
    "expect_model",
    "expect_network",
    "expect_returns",
    "expect_settings",
    "expect_state_given",
    "expect_state_taken",
    "expect_true",
    "sequences",
    "tokens",
]
