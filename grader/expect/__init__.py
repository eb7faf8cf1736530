"""Expectations: the words that checks are written in.

Each ``expect_…`` returns nothing when the submission meets it and raises
:class:`~grader.errors.CheckFailed`, with the feedback, when it does not.
"""

from grader.expect.callbacks import expect_checkpoint, expect_early_stopping
from grader.expect.compiling import expect_compiled
from grader.expect.figures import Curve, drawn, expect_axes, expect_bars, expect_figure, saved_figure
from grader.expect.inputs import sequences, tokens
from grader.expect.model import (
    expect_holds,
    expect_layers,
    expect_model,
    expect_network,
    expect_settings,
)
from grader.expect.modes import expect_dropout
from grader.expect.observed import Observed, trained_model
from grader.expect.pipelines import expect_batches, expect_rows, expect_shuffled, shares_rows
from grader.expect.state import expect_state_given, expect_state_taken
from grader.expect.training import (
    expect_evaluated,
    expect_evaluated_on,
    expect_fitted,
    expect_fitted_models,
    expect_returns,
    expect_validation,
    is_on,
    last_fitted,
    same_data,
)
from grader.expect.values import (
    agrees,
    expect_array,
    expect_entries,
    expect_equal,
    expect_items,
    expect_own,
    expect_shape,
    expect_true,
)
from grader.expect.wiring import (
    expect_activation,
    expect_recurrent,
    expect_recurrent_setting,
    expect_sequences,
    expect_wiring,
    gives_logits,
)
from grader.expect.zeros import expect_zero_states

__all__ = [
    "Curve",
    "Observed",
    "agrees",
    "drawn",
    "expect_activation",
    "expect_array",
    "expect_axes",
    "expect_bars",
    "expect_batches",
    "expect_checkpoint",
    "expect_compiled",
    "expect_dropout",
    "expect_early_stopping",
    "expect_entries",
    "expect_equal",
    "expect_evaluated",
    "expect_evaluated_on",
    "expect_figure",
    "expect_fitted",
    "expect_fitted_models",
    "expect_holds",
    "expect_items",
    "expect_layers",
    "expect_model",
    "expect_network",
    "expect_own",
    "expect_recurrent",
    "expect_recurrent_setting",
    "expect_returns",
    "expect_rows",
    "expect_sequences",
    "expect_settings",
    "expect_shape",
    "expect_shuffled",
    "expect_state_given",
    "expect_state_taken",
    "expect_true",
    "expect_validation",
    "expect_wiring",
    "expect_zero_states",
    "gives_logits",
    "is_on",
    "last_fitted",
    "same_data",
    "saved_figure",
    "sequences",
    "shares_rows",
    "tokens",
    "trained_model",
]
