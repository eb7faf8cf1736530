"""Why some mutants are no mistakes: rules that hold in every lesson.

A mutant that a rule explains is counted as equivalent, with the rule's reason.
What only one lesson can know stands beside it, in ``test_4_2.equivalent.toml``.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable
from pathlib import Path

from grader.verify.source import Source, ancestors, name_of

DEFAULTS: dict[tuple[str, str], object] = {
    ("Adam", "learning_rate"): 0.001,
    ("RMSprop", "learning_rate"): 0.001,
    ("fit", "shuffle"): True,
    ("fit", "epochs"): 1,
    ("fit", "batch_size"): 32,
    ("evaluate", "batch_size"): 32,
    ("EarlyStopping", "monitor"): "val_loss",
    ("ModelCheckpoint", "monitor"): "val_loss",
    ("Bidirectional", "merge_mode"): "concat",
    ("LSTM", "activation"): "tanh",
    ("GRU", "activation"): "tanh",
    ("SimpleRNN", "activation"): "tanh",
    ("pad_sequences", "padding"): "pre",
    ("pad_sequences", "truncating"): "pre",
    ("pad_sequences", "value"): 0,
}
"""Keyword arguments that say what happens without them (Keras 3.15)."""
IDEMPOTENT = ("compile", "reset_dropout_mask", "legend", "tight_layout", "show", "close", "set_random_seed", "set_seed")
"""Calls that change nothing when they are made a second time at once."""


def reason(source: Source, node: ast.AST, what: str) -> str | None:
    """Return why a change of a node is no mistake, or None if no rule says so."""
    return next((why for rule, why in RULES if rule(source, node, what)), None)


def _default_left_out(source: Source, node: ast.AST, what: str) -> bool:
    if not isinstance(node, ast.keyword) or not what.endswith("left out") or not isinstance(node.value, ast.Constant):
        return False
    call = next(iter(ancestors(node)))
    known = DEFAULTS.get((name_of(call.func) if isinstance(call, ast.Call) else "", node.arg or ""))
    return known is not None and known == node.value.value


def _done_again(source: Source, node: ast.AST, what: str) -> bool:
    called = node.value if isinstance(node, ast.Expr) else None
    return what.startswith("twice:") and isinstance(called, ast.Call) and name_of(called.func) in IDEMPOTENT


def _input_left_out(source: Source, node: ast.AST, what: str) -> bool:
    inner = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    named = [name_of(each.func) for each in inner]
    return what.startswith("left out:") and "add" in named and bool({"Input", "InputLayer"} & set(named))


def _dense_over_time(source: Source, node: ast.AST, what: str) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "TimeDistributed" and "→ layers.Dense" in what


def _equal_steps(source: Source, node: ast.AST, what: str) -> bool:
    if not isinstance(node, ast.For) or not what.startswith("for … in reversed"):
        return False
    counters = {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    used = {each.id for line in node.body for each in ast.walk(line) if isinstance(each, ast.Name)}
    return not counters & used


RULES: tuple[tuple[Callable[[Source, ast.AST, str], bool], str], ...] = (
    (_default_left_out, "the argument says what happens without it"),
    (_done_again, "done twice, it does the same"),
    (_input_left_out, "a Sequential model works without an Input; it is built when it sees data"),
    (_equal_steps, "every step of the loop is the same, so that their order is free"),
    (_dense_over_time, "a Dense layer works on every step by itself"),
)


def listed(checks: Path) -> dict[str, str]:
    """Return the mutants that a lesson lists as equivalent, each with its reason."""
    file = checks.with_suffix(".equivalent.toml")
    if not file.exists():
        return {}
    entries = tomllib.loads(file.read_text("utf-8")).get("equivalent", [])
    return {entry["mutant"]: entry["reason"] for entry in entries}
