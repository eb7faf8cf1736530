"""How the layers of a model are fed, whatever their sizes: a mistake in a size is for another check."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from grader.called import Called
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import LayerState
from grader.expect.comparison import Comparison
from grader.expect.inputs import Inputs
from grader.expect.observed import InputSpec, Observed, as_tuple, observed
from grader.expect.words import SPECS, graph_layer, layer_words, setting_differences
from grader.graph import RECURRENT, GraphLayer, as_layers, canonical_layer
from grader.report import Feedback
from grader.spec import Layer, Recurrent, chain
from grader.spec.functions import ACTIVATIONS
from grader.text import Text, literal, text

WIRING = ("return_sequences", "return_state", "go_backwards", "stateful")
"""Settings that say how a layer is fed and read."""


def held_layers(model: Called | Observed) -> list[GraphLayer]:
    """Return what a model holds, used or not; cells, also those in an RNN layer, as the layers that they make up.

    Of a Bidirectional, it is the layer within: reading both ways is wiring.
    """
    seen = observed(model)
    held = [part for layer in seen.submission.layers(seen.ref) for part in _parts(layer)]
    return as_layers([canonical_layer(each) for each in held])


def _parts(layer: LayerState) -> tuple[LayerState, ...]:
    if layer.kind == "Bidirectional":
        return layer.inner[:1]
    return layer.inner if layer.kind == "RNN" else (layer,)


def expect_recurrent(model: Called | Observed, layer: Recurrent, *, times: int) -> None:
    """Expect a model to hold so many recurrent layers, or cells, like this one; how they are wired and drop is free."""
    held = _recurrent(model)
    asked = graph_layer(layer)
    differences = [
        difference
        for number, mine in enumerate(held, 1)
        if mine.kind == asked.kind
        for difference in setting_differences(number, _bare(mine), _bare(asked))
    ]
    if differences or [each.kind for each in held] != [asked.kind] * times:
        shown = ", ".join(layer_words(_bare(each)) for each in held) or "—"
        found = text("The recurrent layers or cells of your model: {layers}", layers=shown)
        expected = literal(", ".join([layer_words(asked)] * times))
        raise CheckFailed(Feedback(found, expected, tuple(differences)))


def _bare(layer: GraphLayer) -> GraphLayer:
    free = {*WIRING, "dropout", "recurrent_dropout", "unroll"}
    return replace(layer, settings={name: value for name, value in layer.settings.items() if name not in free})


def expect_recurrent_setting(model: Called | Observed, name: str, value: float) -> None:
    """Expect all recurrent layers or cells that a model holds to have a setting."""
    held = [each.settings.get(name) for each in _recurrent(model)]
    if not held or any(not isinstance(has, float | int) or abs(has - value) > 1e-6 for has in held):
        shown = ", ".join(map(str, held)) or "—"
        found = text("{name} is {values} in the recurrent layers or cells.", name=name, values=shown)
        raise CheckFailed(Feedback(found, literal(f"{name}={value}"), _elsewhere(model, name)))


def _elsewhere(model: Called | Observed, name: str) -> tuple[Text, ...]:
    """Say that what was asked of the recurrent layers stands somewhere else."""
    if name == "dropout" and any(each.settings.get("recurrent_dropout") for each in _recurrent(model)):
        return (text("recurrent_dropout drops parts of the state, dropout parts of the input."),)
    if name == "dropout" and any(each.kind == "Dropout" for each in held_layers(model)):
        return (text("A Dropout layer is not the same as dropout=…, which belongs to the recurrent layer itself."),)
    return ()


def _recurrent(model: Called | Observed) -> list[GraphLayer]:
    return [each for each in held_layers(model) if each.kind in RECURRENT]


def expect_wiring(model: Called | Observed, *layers: Layer, inputs: InputSpec, judged: tuple[str, ...] = ()) -> None:
    """Expect layers fed as in this stack, each in the kind and size that it has in the model.

    Args:
        model: the model.
        layers: the stack; of a recurrent layer the kind is free, too.
        inputs: what it is run on.
        judged: settings of the other layers that must be as in ``layers`` all the same.

    Numbers are not compared where layers are told to train although the model is
    not trained: that is for :func:`~grader.expect.modes.expect_dropout` to judge;
    nor where an activation is none that we know.
    """
    comparison = _in_own_sizes(model, layers, inputs, judged)
    comparison.settings()
    comparison.connections()
    comparison.parameters()
    known = all(layer.settings.get("activation", "linear") in ACTIVATIONS for layer in comparison.actual_layers)
    if known and not any(call.training for call in comparison.trace.calls):
        comparison.outputs()


def gives_logits(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> bool:
    """Tell whether a stack computes what its last layer does without any activation."""
    try:
        comparison = _in_own_sizes(model, layers, inputs, ())
        comparison.settings()
    except (CheckFailed, Unanswerable):
        return False
    return comparison.actual_layers[-1].settings.get("activation") == "linear"


def _in_own_sizes(
    model: Called | Observed, layers: tuple[Layer, ...], inputs: InputSpec, judged: tuple[str, ...]
) -> Comparison:
    """Return the model beside a stack of these layers in its own kinds and sizes.

    Raises:
        CheckFailed: its layers are others.
    """
    alike = _as_held(layers, held_layers(model))
    comparison = Comparison.of(model, chain(*alike), _known_words(alike, as_tuple(inputs)))
    comparison.kinds()
    own = [_sized(layer, mine, judged) for layer, mine in zip(layers, comparison.actual_layers, strict=True)]
    return replace(comparison, expected=chain(*own))


def _as_held(layers: tuple[Layer, ...], held: list[GraphLayer]) -> list[Layer]:
    """Give expected layers the kinds and sizes of those that a model holds, one after another."""
    left, found = list(held), []
    for layer in layers:
        kinds = RECURRENT if isinstance(layer, Recurrent) else (layer.kind,)
        mine = next((each for each in left if each.kind in kinds), None)
        found.append(layer if mine is None else _sized(layer, mine, ()))
        if mine is not None:
            left.remove(mine)
    return found


def _sized(layer: Layer, mine: GraphLayer, judged: tuple[str, ...]) -> Layer:
    """Give an expected layer the kind and the settings of the model's own, but for those that are judged."""
    kept = WIRING if isinstance(layer, Recurrent) else judged
    kind = SPECS[mine.kind]
    names = {each.name for each in fields(kind)}
    settings: Any = {**mine.settings, **{name: layer.settings[name] for name in kept if name in layer.settings}}
    return kind(**{name: value for name, value in settings.items() if name in names})


def _known_words(layers: list[Layer], inputs: tuple[Inputs, ...]) -> tuple[Inputs, ...]:
    """Return inputs of words that the model's own Embedding knows."""
    known = [layer.settings["input_dim"] for layer in layers if layer.kind == "Embedding"]
    sizes = [size for size in known if isinstance(size, int)]
    return tuple(replace(each, words=min([each.words, *sizes])) if each.words else each for each in inputs)
