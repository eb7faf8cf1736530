"""Layers, and the differences between them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeAlias

import msgspec

from grader import spec
from grader.graph import CELLS, GraphLayer, GraphNode
from grader.spec import Layer
from grader.text import Text, text

SPECS: dict[str, type[Layer]] = {
    kind.__name__: kind
    for kind in (
        spec.Activation,
        spec.Dense,
        spec.Dropout,
        spec.Embedding,
        spec.GRU,
        spec.LSTM,
        spec.Masking,
        spec.SimpleRNN,
    )
}


def layer_words(layer: GraphLayer, *, free: bool = False) -> str:
    """Write a layer as code: ``SimpleRNN(16, return_sequences=True)``.

    ``free`` shows the settings too that are the student's to choose.
    """
    if layer.kind in ("Bidirectional", "TimeDistributed") and layer.inner:
        merge = layer.settings.get("merge_mode", "concat")
        tail = "" if merge == "concat" else f", merge_mode={merge!r}"
        return f"{layer.kind}({layer_words(layer.inner[0])}{tail})"
    kind = SPECS.get(CELLS.get(layer.kind, layer.kind))
    if kind is None:
        return f"{layer.kind}({', '.join(layer_words(part) for part in layer.inner)})"
    positional, named = [], []
    for field in fields(kind):
        value = layer.settings.get(field.name, field.default)
        if field.default is MISSING:
            positional.append(_code(value))
        elif value != field.default and (free or field.name not in kind.FREE):
            named.append(f"{field.name}={_code(value)}")
    known = {field.name for field in fields(kind)}
    extra = [f"{name}={_code(value)}" for name, value in layer.settings.items() if name not in known | _IGNORED]
    return f"{layer.kind}({', '.join([*positional, *named, *extra])})"


_IGNORED = {"unroll", "return_state"}


def _code(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def graph_layer(layer: Layer) -> GraphLayer:
    """Bring an expected layer into the form of an observed one."""
    inner = getattr(layer, "layer", None)
    if isinstance(layer, spec.TimeDistributed) and isinstance(layer.layer, spec.Dense):
        return graph_layer(layer.layer)
    return GraphLayer(layer.kind, dict(layer.settings), (graph_layer(inner),) if inner else ())


def stack_words(layers: list[GraphLayer]) -> str:
    """Write a stack of layers on one line."""
    return " → ".join(layer_words(layer) for layer in layers) or "—"


def kind_differences(actual: list[GraphLayer], expected: list[GraphLayer]) -> tuple[Text, ...]:
    """Say which layers are missing, too many, in the wrong place, or of another kind."""
    pairs = _aligned(actual, expected)
    wanted = [
        (layer_words(expected[asked]), after) for mine, asked, after in pairs if mine is None and asked is not None
    ]
    found: list[Text] = []
    moved: list[str] = []
    for mine, asked, _ in pairs:
        if mine is not None and asked is None:
            words = layer_words(actual[mine])
            places = [after for each, after in wanted if each == words]
            moved += [words] * bool(places)
            found.append(_superfluous(mine + 1, words, places))
        elif mine is not None and asked is not None and actual[mine].kind != expected[asked].kind:
            found.append(
                text(
                    "Layer {number} is {actual}; expected {expected}.",
                    number=mine + 1,
                    actual=layer_words(actual[mine]),
                    expected=layer_words(expected[asked]),
                )
            )
    found += [_missing(words, after) for words, after in wanted if words not in moved]
    return (*found, *_dropout_elsewhere(actual, expected))


def _superfluous(number: int, words: str, places: list[int]) -> Text:
    if not places:
        return text("Layer {number}, {actual}, is not asked for.", number=number, actual=words)
    if places[0] == 0:
        return text("Layer {number}, {actual}, stands in the wrong place; expected first.", number=number, actual=words)
    return text(
        "Layer {number}, {actual}, stands in the wrong place; expected after layer {after}.",
        number=number,
        actual=words,
        after=places[0],
    )


def _dropout_elsewhere(actual: list[GraphLayer], expected: list[GraphLayer]) -> tuple[Text, ...]:
    """Tell a Dropout layer from the argument of a recurrent layer."""
    asked = any(layer.settings.get("dropout") for layer in expected)
    if asked and any(layer.kind == "Dropout" for layer in actual):
        return (text("A Dropout layer is not the same as dropout=…, which belongs to the recurrent layer itself."),)
    return ()


Pair: TypeAlias = "tuple[int | None, int | None, int]"


def _aligned(actual: list[GraphLayer], expected: list[GraphLayer]) -> list[Pair]:
    """Pair the layers with the least changes; each with the number of the layer before it."""
    best: dict[tuple[int, int], tuple[float, list[Pair]]] = {(0, 0): (0.0, [])}
    for mine in range(len(actual) + 1):
        for asked in range(len(expected) + 1):
            ways = []
            if mine and asked:
                cost = _distance(actual[mine - 1], expected[asked - 1])
                ways.append(_longer(best[mine - 1, asked - 1], cost, (mine - 1, asked - 1, mine - 1)))
            if mine:
                ways.append(_longer(best[mine - 1, asked], 1.0, (mine - 1, None, mine - 1)))
            if asked:
                ways.append(_longer(best[mine, asked - 1], 1.0, (None, asked - 1, mine)))
            if ways:
                best[mine, asked] = min(ways, key=lambda way: way[0])
    return best[len(actual), len(expected)][1]


def _distance(mine: GraphLayer, asked: GraphLayer) -> float:
    if mine.kind != asked.kind:
        return 1.5
    return 0.0 if layer_words(mine) == layer_words(asked) else 0.5


def _longer(way: tuple[float, list[Pair]], cost: float, pair: Pair) -> tuple[float, list[Pair]]:
    return way[0] + cost, [*way[1], pair]


def _missing(words: str, after: int) -> Text:
    if after == 0:
        return text("{expected} is missing at the start.", expected=words)
    return text("{expected} is missing after layer {number}.", expected=words, number=after)


def setting_differences(number: int, actual: GraphLayer, expected: GraphLayer) -> tuple[Text, ...]:
    """Say which settings of a layer are not as expected."""
    free = SPECS[expected.kind].FREE if expected.kind in SPECS else ()
    names = [*expected.settings, *(name for name in actual.settings if name not in expected.settings)]
    found: list[Text] = []
    for name in names:
        has, wants = actual.settings.get(name), expected.settings.get(name, _unset(name))
        if name in free or name in _IGNORED or _same(has, wants):
            continue
        found.append(_setting_text(number, actual, name, has, wants))
    for mine, asked in zip(actual.inner, expected.inner, strict=False):
        if mine.kind != asked.kind:
            found.append(
                text(
                    "Layer {number} wraps {actual}; expected {expected}.",
                    number=number,
                    actual=layer_words(mine),
                    expected=layer_words(asked),
                )
            )
        else:
            found += setting_differences(number, mine, asked)
    return tuple(found)


def _unset(name: str) -> Any:
    return True if name == "trainable" else None


def _same(actual: object, expected: object) -> bool:
    if isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected or (actual is None and expected is False)
    if isinstance(actual, int | float) and isinstance(expected, int | float):
        return abs(actual - expected) <= 1e-9 + 1e-6 * abs(expected)
    return actual == expected


def _setting_text(number: int, layer: GraphLayer, name: str, has: object, wants: object) -> Text:
    values: dict[str, Any] = {"number": number, "kind": layer.kind}
    match name:
        case "return_sequences" if has:
            return text(
                "Layer {number}, {kind}, returns its output at every step (return_sequences=True); "
                "expected the last output only.",
                **values,
            )
        case "return_sequences":
            return text(
                "Layer {number}, {kind}, returns its last output only; expected the output at every "
                "step (return_sequences=True).",
                **values,
            )
        case "activation" if has == "softmax" and layer.settings.get("units") == 1:
            return text(
                "Layer {number}, {kind}, has softmax over one node, which is always 1; expected {expected}.",
                **values,
                expected=_code(wants),
            )
        case "activation" if has == "linear":
            return text(
                "Layer {number}, {kind}, has no activation; expected {expected}.", **values, expected=_code(wants)
            )
        case "activation" if wants == "linear":
            return text(
                "Layer {number}, {kind}, has the activation {actual}; expected none.", **values, actual=_code(has)
            )
        case "trainable":
            return text("Layer {number}, {kind}, is frozen (trainable=False) and would not learn.", **values)
    return text(
        "Layer {number}, {kind}: {name} is {actual}; expected {expected}.",
        **values,
        name=name,
        actual=_code(has),
        expected=_code(wants),
    )


def made_of(kind: type[Layer], settings: Mapping[str, object]) -> Layer | None:
    """Return the layer that these settings make; None where they are no settings of such a layer."""
    known = {field.name for field in fields(kind)}
    try:
        return msgspec.convert({name: value for name, value in settings.items() if name in known}, kind)
    except msgspec.ValidationError:
        return None


def parameter_sum(node: GraphNode) -> Text | None:
    """Say where the number of parameters of the student's own layer comes from."""
    kind = SPECS.get(node.layer.kind)
    layer = made_of(kind, node.layer.settings) if kind else None
    if layer is None or not node.input_shapes or len(node.input_shapes[0]) < 2:
        return None
    return layer.formula(node.input_shapes[0][1:])
