"""How the layers of a model are fed, whatever their sizes: a mistake in a size is for another check."""

from __future__ import annotations

from dataclasses import replace

from grader.called import Called
from grader.errors import CheckFailed, Unanswerable
from grader.evidence import LayerState
from grader.expect.comparison import Comparison
from grader.expect.inputs import Inputs
from grader.expect.observed import InputSpec, Observed, as_tuple, observed
from grader.expect.words import SPECS, graph_layer, layer_words, made_of, setting_differences, stack_words
from grader.graph import CELLS, RECURRENT, GraphLayer, as_layers, canonical_layer, graph_of_layers
from grader.report import Feedback
from grader.spec import Layer, Recurrent, chain
from grader.spec.functions import ACTIVATIONS
from grader.text import Text, literal, text

WIRING = ("return_sequences", "return_state", "go_backwards", "stateful")
"""Settings that say how a layer is fed and read."""
FUNCTIONS = ("activation", "recurrent_activation")


def held_layers(model: Called | Observed) -> list[GraphLayer]:
    """Return what a model holds, used or not; cells, also those in an RNN layer, as the layers that they make up.

    Of a Bidirectional, it is the layer within: reading both ways is wiring.
    """
    return as_layers(_held(model))


def _held(model: Called | Observed) -> list[GraphLayer]:
    """Return what a model holds, its cells as cells."""
    seen = observed(model)
    return [canonical_layer(part) for layer in seen.submission.layers(seen.ref) for part in _parts(layer)]


def _parts(layer: LayerState) -> tuple[LayerState, ...]:
    if layer.kind == "Bidirectional":
        return layer.inner[:1]
    return layer.inner if layer.kind == "RNN" else (layer,)


def expect_recurrent(model: Called | Observed, layer: Recurrent, *, times: int, cells: bool = False) -> None:
    """Expect a model to hold so many recurrent layers, or cells, like this one; how they are wired and drop is free.

    Args:
        model: the model.
        layer: what each of them is, or is the cell of.
        times: how many there are.
        cells: whether the lesson asks for cells; layers are as good, but a message speaks of cells then.
    """
    held = [_bare(each) for each in _held(model) if _kind(each) in RECURRENT]
    asked = graph_layer(layer)
    differences = [
        difference
        for number, mine in enumerate(held, 1)
        if _kind(mine) == asked.kind
        for difference in setting_differences(number, mine, _bare(asked))
    ]
    if differences or [_kind(each) for each in held] != [asked.kind] * times:
        shown = ", ".join(map(layer_words, held)) or "—"
        found = text("The recurrent layers or cells of your model: {layers}", layers=shown)
        named = replace(asked, kind=f"{asked.kind}Cell") if cells else asked
        expected = literal(", ".join([layer_words(named)] * times))
        raise CheckFailed(Feedback(found, expected, tuple(differences)))


def _kind(layer: GraphLayer) -> str:
    """Return what a layer is, or the layer that a loop over this cell would be."""
    return CELLS.get(layer.kind, layer.kind)


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


def expect_sequences(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> None:
    """Expect the recurrent layers to return every output, or the last only, as in this stack.

    They are judged as they were made, or else as they are used: the last of all outputs
    may be taken afterwards. All else is for :func:`expect_wiring` to judge.
    """
    seen = observed(model)
    parts = [part for layer in seen.submission.layers(seen.ref) for part in _read_once(layer)]
    made = [node.layer for node in graph_of_layers(tuple(parts)).nodes]
    returning = [each.settings.get("return_sequences") for each in made if each.kind in RECURRENT]
    if returning != [layer.settings["return_sequences"] for layer in layers if isinstance(layer, Recurrent)]:
        _in_own_sizes(model, layers, inputs, ()).settings()


def _read_once(layer: LayerState) -> tuple[LayerState, ...]:
    return layer.inner[:1] if layer.kind == "Bidirectional" else (layer,)


def expect_activation(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> None:
    """Expect the activation of a stack's last layer, in that layer or applied to what it returns.

    Whether and how the model uses the layer is for :func:`expect_wiring` to judge.

    Raises:
        Unanswerable: the model holds no such layer, or does not run although it may apply the activation itself.
    """
    asked = graph_layer(layers[-1])
    held = held_layers(model)
    numbers = [number for number, each in enumerate(held) if each.kind == asked.kind]
    if not numbers:
        raise Unanswerable(text("First make the {kind} layer.", kind=asked.kind))
    mine, activation = held[numbers[-1]], asked.settings["activation"]
    if mine.settings.get("activation") == activation:
        return
    comparison = Comparison.of(model, chain(*layers), inputs)
    if comparison.failure:
        raise Unanswerable(text("Your model does not run on a batch of inputs."))
    applied = [each.settings.get("activation") for each in comparison.actual_layers if each.kind == asked.kind]
    if applied and applied[-1] == activation:
        return
    wanted = replace(mine, settings={**mine.settings, "activation": activation})
    stack = [*held[: numbers[-1]], wanted, *held[numbers[-1] + 1 :]]
    raise CheckFailed(
        Feedback(
            text("Your model: {stack}", stack=literal(stack_words(held))),
            literal(stack_words(stack)),
            setting_differences(numbers[-1] + 1, mine, wanted),
        )
    )


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
    functions = (layer.settings.get(name, "linear") for layer in comparison.actual_layers for name in FUNCTIONS)
    known = all(each in ACTIVATIONS for each in functions)
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
    asked = {name: layer.settings[name] for name in kept if name in layer.settings}
    sized = made_of(SPECS[mine.kind], {**mine.settings, **asked})
    if sized is None:
        raise CheckFailed(Feedback(text("Your model's layers cannot be read.")))
    return sized


def _known_words(layers: list[Layer], inputs: tuple[Inputs, ...]) -> tuple[Inputs, ...]:
    """Return inputs of words that the model's own Embedding knows."""
    known = [layer.settings["input_dim"] for layer in layers if layer.kind == "Embedding"]
    sizes = [size for size in known if isinstance(size, int)]
    return tuple(replace(each, words=min([each.words, *sizes])) if each.words else each for each in inputs)
