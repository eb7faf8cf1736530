"""A model is right when its layers, their settings and what it computes agree.

``expect_layers`` looks at kinds and order, ``expect_settings`` at sizes and
options too, ``expect_model`` also at connections, parameters, and outputs for
weights and inputs drawn after the model was described.
"""

from __future__ import annotations

from dataclasses import MISSING, fields

from grader.called import Called
from grader.errors import CheckFailed
from grader.expect.comparison import Comparison
from grader.expect.observed import InputSpec, Observed, observed
from grader.expect.truth import expect_truthful
from grader.expect.words import layer_words
from grader.graph import canonical_layer
from grader.report import Feedback
from grader.spec import Layer, Network, chain
from grader.text import Text, literal, text


def expect_model(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> None:
    """Expect a stack of exactly these layers that computes what it should."""
    expect_network(model, chain(*layers), inputs=inputs)


def expect_layers(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> None:
    """Expect these kinds of layers, in this order; sizes may differ."""
    comparison = Comparison.of(model, chain(*layers), inputs)
    comparison.kinds()
    expect_truthful(comparison)


def expect_settings(model: Called | Observed, *layers: Layer, inputs: InputSpec) -> None:
    """Expect these layers with these sizes and options."""
    comparison = Comparison.of(model, chain(*layers), inputs)
    comparison.kinds()
    comparison.settings()
    expect_truthful(comparison)


def expect_network(model: Called | Observed, network: Network, *, inputs: InputSpec) -> None:
    """Expect a network: layers, settings, connections, parameters, outputs."""
    comparison = Comparison.of(model, network, inputs)
    comparison.kinds()
    comparison.settings()
    comparison.connections()
    comparison.parameters()
    comparison.outputs()


def expect_holds(model: Called | Observed, layer: Layer, *, role: Text) -> None:
    """Expect a model to hold a layer with these settings, whether it uses it already or not.

    Settings that have their default in ``layer`` are free here.
    """
    seen = observed(model)
    held = [canonical_layer(each) for each in seen.submission.layers(seen.ref)]
    of_kind = [each for each in held if each.kind == layer.kind]
    wanted = {
        field.name: getattr(layer, field.name)
        for field in fields(layer)
        if field.default is MISSING or getattr(layer, field.name) != field.default
    }
    if any(all(each.settings.get(name) == value for name, value in wanted.items()) for each in of_kind):
        return
    shown = [layer_words(each, free=True) for each in held]
    layers = ", ".join(shown) or "—"
    found = text("Your model holds no such layer as {role}; it holds: {layers}", role=role, layers=layers)
    asked = f"{layer.kind}({', '.join(f'{name}={value!r}' for name, value in wanted.items())})"
    built = (text("It was built by {call}.", call=seen.spelled),) if "=" in seen.spelled else ()
    raise CheckFailed(Feedback(found, literal(asked), built))
