"""Why some mutants are no mistakes: rules that hold in every lesson.

A mutant that a rule explains is counted as equivalent, with the rule's reason.
What only one lesson can know stands beside it, in ``test_4_2.equivalent.toml``.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable
from pathlib import Path

from grader.errors import GraderError
from grader.text import Text, text
from grader.verify.source import GIVEN, Source, ancestors, name_of, next_statement, parent_of

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
IDEMPOTENT = (
    *("compile", "reset_dropout_mask", "set_random_seed", "set_seed", "seed", "__init__"),
    *("plot", "bar", "legend", "tight_layout", "savefig", "show", "close"),
)
"""Calls that change nothing when they are made a second time at once."""

SEEDS = ("set_random_seed", "set_seed", "seed")
"""Calls that make a run repeatable."""

DRAWN = ("plot", "bar", "set_xlabel", "set_ylabel", "set_title", "xlabel", "ylabel", "title", "suptitle")
"""Calls that put something into a picture, whatever is there already."""


def reason(source: Source, node: ast.AST, what: str) -> Text | None:
    """Return why a change of a node is no mistake, or None if no rule says so."""
    return next((why for rule, why in RULES if rule(source, node, what)), None)


def _default_left_out(source: Source, node: ast.AST, what: str) -> bool:
    if not isinstance(node, ast.keyword) or "left out" not in what or not isinstance(node.value, ast.Constant):
        return False
    call = next(iter(ancestors(node)))
    known = DEFAULTS.get((name_of(call.func) if isinstance(call, ast.Call) else "", node.arg or ""))
    return known is not None and known == node.value.value


def _done_again(source: Source, node: ast.AST, what: str) -> bool:
    called = node.value if isinstance(node, ast.Expr) else None
    return what.startswith("twice:") and isinstance(called, ast.Call) and name_of(called.func) in IDEMPOTENT


def _given_seed_left_out(source: Source, node: ast.AST, what: str) -> bool:
    called = node.value if isinstance(node, ast.Expr) else None
    seeds = isinstance(called, ast.Call) and name_of(called.func) in SEEDS
    return seeds and what.startswith("left out:") and source.task_of(node) == GIVEN


def _input_left_out(source: Source, node: ast.AST, what: str) -> bool:
    inner = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    named = [name_of(each.func) for each in inner]
    return what.startswith("left out:") and "add" in named and bool({"Input", "InputLayer"} & set(named))


def _masks_in_another_order(source: Source, node: ast.AST, what: str) -> bool:
    pair = (node, next_statement(node))
    calls = [each.value for each in pair if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    named = [name_of(call.func) for call in calls]
    return what.startswith("exchanged:") and named == ["reset_dropout_mask", "reset_dropout_mask"]


def _flag_of_the_context(source: Source, node: ast.AST, what: str) -> bool:
    """``self.rnn(x, training=training)`` in a call that has the parameter; a layer finds it by itself."""
    if not isinstance(node, ast.keyword) or not what.endswith("left out)"):
        return False
    above = parent_of(node)
    function = next((each for each in ancestors(node) if isinstance(each, ast.FunctionDef)), None)
    return (
        node.arg == "training"
        and name_of(node.value) == "training"
        and isinstance(above, ast.Call)
        and isinstance(above.func, ast.Attribute)
        and name_of(above.func.value) == "self"
        and function is not None
        and function.name == "call"
        and "training" in {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    )


def _dense_over_time(source: Source, node: ast.AST, what: str) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) == "TimeDistributed" and "→ layers.Dense" in what


def _drawn_in_another_order(source: Source, node: ast.AST, what: str) -> bool:
    pair = (node, next_statement(node))
    calls = [each.value for each in pair if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    return what.startswith("exchanged:") and all(name_of(call.func) in DRAWN for call in calls) and len(calls) == 2


def _appended_in_another_order(source: Source, node: ast.AST, what: str) -> bool:
    """``A.append(a)`` and ``B.append(b)``, where neither says the other's list."""
    after = next_statement(node)
    one, two = _appended_to(node), _appended_to(after)
    if not what.startswith("exchanged:") or after is None or not one or not two:
        return False
    return one not in _names_in(after) and two not in _names_in(node)


def _appended_to(statement: ast.AST | None) -> str:
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"))):
            return name
    return ""


def _names_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _strictness(source: Source, node: ast.AST, what: str) -> bool:
    argument = node if isinstance(node, ast.keyword) else parent_of(node)
    return isinstance(argument, ast.keyword) and argument.arg == "strict"


def _commutes(source: Source, node: ast.AST, what: str) -> bool:
    called = name_of(node.func) if isinstance(node, ast.Call) else ""
    return "↔" in what and called in ("min", "max", "minimum", "maximum", "add", "multiply")


def _squared_difference(source: Source, node: ast.AST, what: str) -> bool:
    above = parent_of(node)
    squared = isinstance(above, ast.BinOp) and isinstance(above.op, ast.Pow) and isinstance(above.right, ast.Constant)
    return what.endswith("exchanged") and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and squared


def _callbacks_in_another_order(source: Source, node: ast.AST, what: str) -> bool:
    above = parent_of(node)
    return "↔" in what and isinstance(above, ast.keyword) and above.arg == "callbacks"


def _equal_steps(source: Source, node: ast.AST, what: str) -> bool:
    if not isinstance(node, ast.For) or not what.startswith("for … in reversed"):
        return False
    counters = {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
    used = {each.id for line in node.body for each in ast.walk(line) if isinstance(each, ast.Name)}
    return not counters & used


RULES: tuple[tuple[Callable[[Source, ast.AST, str], bool], Text], ...] = (
    (_default_left_out, text("the argument says what happens without it")),
    (_done_again, text("done twice, it does the same")),
    (_given_seed_left_out, text("the seed is given to make a run repeatable; a task is done with any")),
    (_input_left_out, text("a Sequential model works without an Input; it is built when it sees data")),
    (_drawn_in_another_order, text("what a picture shows does not depend on what of it is drawn first")),
    (_masks_in_another_order, text("each cell has a mask of its own")),
    (_flag_of_the_context, text("Keras hands the flag on by itself, as call has the parameter")),
    (_appended_in_another_order, text("each has a list of its own to go into")),
    (_strictness, text("zip's strict only guards against lists of different lengths")),
    (_commutes, text("the order of these arguments makes no difference")),
    (_squared_difference, text("the square of a difference has no sign")),
    (_callbacks_in_another_order, text("callbacks do not depend on each other's order")),
    (_equal_steps, text("every step of the loop is the same, so that their order is free")),
    (_dense_over_time, text("a Dense layer works on every step by itself")),
)


def listed(checks: Path) -> dict[str, Text]:
    """Return the mutants that a lesson lists as equivalent, each with its reason.

    They are known by what they change, with the function before it where that alone does
    not tell, or the whole line: ``16 → 17``, ``build_model: 16 → 17``, ``units = 16: 16 → 17``.
    """
    file = checks.with_suffix(".equivalent.toml")
    if not file.exists():
        return {}
    try:
        entries = tomllib.loads(file.read_text("utf-8")).get("equivalent", [])
        return {entry["mutant"]: Text(entry["reason"]) for entry in entries}
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise GraderError(text("{file} cannot be read: {why}.", file=str(file), why=repr(problem))) from None
