"""Mutants: systematic changes of what a student writes, each of which must cost points.

Every operator takes one node of the solution's syntax tree and yields edits of
the text. What a mutant changes is said in a few words, for the list of survivors.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.text import Text
from grader.verify.rules import reason
from grader.verify.source import Source, ancestors, name_of, next_statement, parent_of

Edit = tuple[tuple[int, int], str]
Edits = Iterator[tuple[str, tuple[Edit, ...]]]
Operator = Callable[[Source, ast.AST], Edits]

NEIGHBOURS = {
    "SimpleRNN": ("LSTM", "GRU"),
    "LSTM": ("SimpleRNN", "GRU"),
    "GRU": ("SimpleRNN", "LSTM"),
    "SimpleRNNCell": ("GRUCell",),
    "GRUCell": ("SimpleRNNCell",),
    "Dense": ("SimpleRNN",),
    "Adam": ("SGD", "RMSprop"),
    "RMSprop": ("Adam",),
    "BinaryCrossentropy": ("MeanSquaredError",),
    "shuffle": ("prefetch",),
    "zeros": ("ones",),
    "tanh": ("sin",),
    "exp": ("abs",),
    "sum": ("mean",),
    "mean": ("sum",),
}
"""Names that a student may take one for the other."""

WORDS = {
    "sigmoid": ("tanh", "linear"),
    "softmax": ("sigmoid", "linear"),
    "tanh": ("relu",),
    "binary_crossentropy": ("mse",),
    "mean_squared_error": ("mae",),
    "mse": ("mae",),
    "rmsprop": ("adam",),
    "adam": ("rmsprop",),
    "accuracy": ("mse",),
    "val_loss": ("loss",),
}
COUNTERPARTS = (("train", "test"), ("x_", "y_"), ("X_", "y_"), ("t_", "v_"), ("0", "1"), ("loss", "accuracy"))
OPERATORS: dict[type[ast.AST], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*", ast.MatMult: "*"}
COMPARISONS: dict[type[ast.AST], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
}
FREE_CALLS = (
    *("print", "title", "suptitle", "xlabel", "ylabel", "set_title", "set_xlabel", "set_ylabel"),
    *("figure", "subplots", "tight_layout", "grid", "summary"),
)
"""Calls that no task asks for: what is printed, how a picture is laid out."""
FREE_KEYWORDS = (
    *("name", "verbose", "seed"),
    *("label", "color", "figsize", "rotation", "rot", "dpi", "alpha", "width", "xlabel", "ylabel", "title"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of the solution."""

    what: str
    """Such as ``16 → 17``."""
    line: int
    task: int
    """The task that it breaks; ``GIVEN`` for a line of the stub's, on which several may stand."""
    source: str
    function: str = ""
    """The function that it stands in."""
    written: str = ""
    """The line as it is in the solution."""
    equivalent: Text | None = None
    """Why it is no mistake, if a rule says so."""

    @property
    def keys(self) -> tuple[str, str, str]:
        """What a lesson may list it by: with its line, with its function, or by itself."""
        return f"{self.written}: {self.what}", f"{self.function}: {self.what}", self.what

    @property
    def name(self) -> str:
        """What it is known by: ``line 31: 16 → 17``."""
        return f"line {self.line}: {self.what}"


def mutants(source: Source) -> list[Mutant]:
    """Return every mutant of a solution, each different program once."""
    seen = {ast.dump(source.tree)}
    made: list[Mutant] = []
    for nodes, operators_of_kind in ((source.nodes(), EVERY_OPERATOR), (source.given_nodes(), OPERATORS_OF_GIVEN)):
        for node in nodes:
            made += _mutants_of(source, node, operators_of_kind, seen)
    return made


def _mutants_of(source: Source, node: ast.AST, chosen: tuple[Operator, ...], seen: set[str]) -> Iterator[Mutant]:
    if _is_free(node):
        return
    for operator in chosen:
        for what, edits in operator(source, node):
            mutant = _made(source, node, what, edits, seen)
            if mutant is not None:
                yield mutant


def _made(source: Source, node: ast.AST, what: str, edits: tuple[Edit, ...], seen: set[str]) -> Mutant | None:
    text = source.replaced(*edits)
    try:
        dump = ast.dump(ast.parse(text))
    except SyntaxError:
        return None
    if dump in seen:
        return None
    seen.add(dump)
    line: int = node.lineno  # type: ignore[attr-defined]
    written = source.text.splitlines()[line - 1].strip()
    return Mutant(what, line, source.task_of(node), text, _function_of(node), written, reason(source, node, what))


def _function_of(node: ast.AST) -> str:
    inside = (node, *ancestors(node))
    return next((each.name for each in inside if isinstance(each, ast.FunctionDef)), "")


def _is_free(node: ast.AST) -> bool:
    """Tell whether no task says what stands here."""
    inside = [node, *ancestors(node)]
    return any(
        (isinstance(each, ast.Call) and name_of(each.func) in FREE_CALLS)
        or (isinstance(each, ast.keyword) and each.arg in FREE_KEYWORDS)
        or isinstance(each, ast.JoinedStr)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and name_of(each.value.func) in FREE_CALLS)
        for each in inside
    )


def numbers(source: Source, node: ast.AST) -> Edits:
    """Change a number by one; make a fraction ten times as large."""
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        others = [value + 1, value - 1] if isinstance(value, int) else [value * 10]
        for other in others:
            yield _in_call(node, f"{value} → {other}"), ((source.span(node), f"{other!r}"),)


def strings(source: Source, node: ast.AST) -> Edits:
    """Put another word in place of a string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        for other in WORDS.get(node.value, ("other_" + node.value,)):
            yield _in_call(node, f"{node.value!r} → {other!r}"), ((source.span(node), repr(other)),)


def booleans(source: Source, node: ast.AST) -> Edits:
    """Turn a truth value round."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _in_call(node, f"{node.value} → {not node.value}"), ((source.span(node), repr(not node.value)),)


def _in_call(node: ast.AST, words: str) -> str:
    """Say of which call a change is: ``fit(epochs=3 → 4)``."""
    above = parent_of(node)
    if isinstance(above, ast.keyword):
        words, above = f"{above.arg}={words}", parent_of(above)
    inside = isinstance(above, ast.Call) and node is not above.func
    return f"{name_of(above.func)}({words})" if inside and isinstance(above, ast.Call) else words


def keywords(source: Source, node: ast.AST) -> Edits:
    """Leave a keyword argument out."""
    if isinstance(node, ast.keyword) and node.arg:
        call = parent_of(node)
        if isinstance(call, ast.Call):
            yield _in_call(node, f"{source.segment(node)} left out"), (_without(source, call, node),)


def _without(source: Source, call: ast.Call, argument: ast.AST) -> Edit:
    """Return the edit that takes an argument and one comma beside it away."""
    first, last = source.span(argument)
    content = source.text.encode()
    end = source.span(call)[1]
    after = content[last:end].lstrip()
    if after.startswith(b","):
        return (first, content.index(b",", last) + 1), ""
    start = content.rfind(b",", source.span(call.func)[1], first)
    return (start if start >= 0 else first, last), ""


def exchanged_arguments(source: Source, node: ast.AST) -> Edits:
    """Exchange two neighbouring arguments."""
    if isinstance(node, ast.Call):
        for one, two in zip(node.args, node.args[1:], strict=False):
            if source.segment(one) != source.segment(two):
                yield (
                    f"{source.segment(one)} ↔ {source.segment(two)}",
                    ((source.span(one), source.segment(two)), (source.span(two), source.segment(one))),
                )


def neighbours(source: Source, node: ast.AST) -> Edits:
    """Take one layer, optimizer, loss or function for another."""
    name = name_of(node)
    for other in NEIGHBOURS.get(name, ()):
        span = source.span(node)
        yield f"{name} → {other}", (((span[1] - len(name.encode()), span[1]), other),)


def counterparts(source: Source, node: ast.AST) -> Edits:
    """Take another variable of the same kind: the test set for the training set, y for x."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    known = _names_in_scope(node)
    for one, two in (*COUNTERPARTS, *((two, one) for one, two in COUNTERPARTS)):
        other = node.id.replace(one, two)
        if other != node.id and other in known:
            yield _in_call(node, _renamed(node, other)), ((source.span(node), other),)


def _renamed(node: ast.Name, other: str) -> str:
    """Say that a variable is taken for another, with the attribute that is read of it."""
    above = parent_of(node)
    read = f".{above.attr}" if isinstance(above, ast.Attribute) else ""
    return f"{node.id}{read} → {other}{read}"


def _names_in_scope(node: ast.AST) -> set[str]:
    names: set[str] = set()
    for above in ancestors(node):
        if isinstance(above, ast.FunctionDef | ast.Module):
            names |= {each.id for each in ast.walk(above) if isinstance(each, ast.Name)}
            names |= {each.arg for each in ast.walk(above) if isinstance(each, ast.arg)}
    return names


def parameters(source: Source, node: ast.AST) -> Edits:
    """Take another parameter of the function for this one."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    function = next((each for each in ancestors(node) if isinstance(each, ast.FunctionDef)), None)
    given = [each for each in function.args.args if each.arg != "self"] if function else []
    mine = next((each for each in given if each.arg == node.id), None)
    if mine is None:
        return
    alike = [each.arg for each in given if each is not mine and _annotation(each) == _annotation(mine)]
    for other in alike[:1]:
        yield _in_call(node, _renamed(node, other)), ((source.span(node), other),)


def _annotation(argument: ast.arg) -> str:
    return ast.dump(argument.annotation) if argument.annotation else ""


def statements(source: Source, node: ast.AST) -> Edits:
    """Leave a statement out, or do it twice."""
    if not isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Return | ast.For | ast.If):
        return
    words = source.segment(node).splitlines()[0][:50].rstrip()
    yield f"left out: {words}", ((source.span(node), "pass"),)
    if isinstance(node, ast.Expr | ast.AugAssign):
        first, last = source.span(node)
        twice = source.segment(node) + "\n" + " " * node.col_offset + source.segment(node)
        yield f"twice: {words}", (((first, last), twice),)


def order_of_statements(source: Source, node: ast.AST) -> Edits:
    """Exchange a call with the one after it."""
    after = next_statement(node)
    if isinstance(node, ast.Expr) and isinstance(after, ast.Expr) and after.lineno in source.tasks:
        yield (
            f"exchanged: {source.segment(node)[:40]} and {source.segment(after)[:40]}",
            ((source.span(node), source.segment(after)), (source.span(after), source.segment(node))),
        )


def elements(source: Source, node: ast.AST) -> Edits:
    """Leave an element of a list or tuple out, or exchange two."""
    if not isinstance(node, ast.List | ast.Tuple) or not isinstance(node.ctx, ast.Load):
        return
    parts = [source.segment(each) for each in node.elts]
    brackets = ("[", "]") if isinstance(node, ast.List) else ("(", ",)" if len(parts) == 2 else ")")
    for number, part in enumerate(parts):
        if len(parts) > 1 and not isinstance(node.elts[number], ast.Starred):
            rest = ", ".join(parts[:number] + parts[number + 1 :])
            yield f"{part[:40]} left out", ((source.span(node), f"{brackets[0]}{rest}{brackets[1]}"),)
    for number in range(len(parts) - 1):
        if parts[number] != parts[number + 1]:
            changed = [*parts[:number], parts[number + 1], parts[number], *parts[number + 2 :]]
            inner = ", ".join(changed)
            words = f"{parts[number][:30]} ↔ {parts[number + 1][:30]}"
            yield words, ((source.span(node), f"[{inner}]" if isinstance(node, ast.List) else f"({inner})"),)


def operators(source: Source, node: ast.AST) -> Edits:
    """Take another arithmetic operation or comparison; exchange the factors of a product of matrices."""
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        left, right = source.segment(node.left), source.segment(node.right)
        yield (
            f"{left[:25]} {_sign(source, node)} … → {OPERATORS[type(node.op)]}",
            ((source.span(node), f"(({left}) {OPERATORS[type(node.op)]} ({right}))"),),
        )
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
            sign = _sign(source, node)
            yield f"{left[:25]} {sign} {right[:25]} exchanged", ((source.span(node), f"(({right}) {sign} ({left}))"),)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS:
        left, right = source.segment(node.left), source.segment(node.comparators[0])
        other = COMPARISONS[type(node.ops[0])]
        yield f"{left[:25]} … {right[:25]} → {other}", ((source.span(node), f"{left} {other} {right}"),)


def _sign(source: Source, node: ast.BinOp) -> str:
    between = source.text.encode()[source.span(node.left)[1] : source.span(node.right)[0]].decode()
    return between.strip(" ()\n") or "?"


def loops(source: Source, node: ast.AST) -> Edits:
    """End a loop one step early, or begin it one step late; read a sequence backwards."""
    if isinstance(node, ast.For):
        words = source.segment(node.iter)
        for what, other in (("[:-1]", f"list({words})[:-1]"), ("[1:]", f"list({words})[1:]")):
            yield f"for … in {words[:30]}{what}", ((source.span(node.iter), other),)
        yield f"for … in reversed {words[:30]}", ((source.span(node.iter), f"list({words})[::-1]"),)


def slices(source: Source, node: ast.AST) -> Edits:
    """Move the end of a slice, or leave it out."""
    if isinstance(node, ast.Slice):
        for bound in (node.lower, node.upper):
            if bound is not None:
                words = source.segment(bound)
                yield f"[{words}] one later", ((source.span(bound), f"({words}) + 1"),)


def negations(source: Source, node: ast.AST) -> Edits:
    """Drop a minus or a not."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        operand = source.segment(node.operand)
        yield f"{source.segment(node)[:30]} → {operand[:30]}", ((source.span(node), operand),)


def wrappers(source: Source, node: ast.AST) -> Edits:
    """Put a call's first argument in the place of the call: f(x) becomes x."""
    if isinstance(node, ast.Call) and len(node.args) == 1 and not isinstance(parent_of(node), ast.Expr):
        inner = source.segment(node.args[0])
        yield f"{_on_one_line(source.segment(node))[:40]} → {_on_one_line(inner)[:30]}", ((source.span(node), inner),)


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


EVERY_OPERATOR: tuple[Operator, ...] = (
    numbers,
    strings,
    booleans,
    keywords,
    exchanged_arguments,
    neighbours,
    counterparts,
    parameters,
    statements,
    order_of_statements,
    elements,
    operators,
    loops,
    slices,
    negations,
    wrappers,
)
OPERATORS_OF_GIVEN: tuple[Operator, ...] = (keywords, counterparts, statements, elements)
"""What is changed of the lines that the stub gives, where a student writes between them."""
