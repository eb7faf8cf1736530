"""Rewritings of models: what each makes of a small solution."""

from __future__ import annotations

import ast
import functools
import textwrap

import pytest

from grader.verify.equivalents import equivalents
from grader.verify.source import Source

STACK = """
def build(units):
    model = Sequential()
    model.add(layers.Input((4, 1)))
    model.add(layers.SimpleRNN(units))
    model.add(layers.Dense(1, activation="sigmoid"))
    return model
"""
LOOP = """
def build(units, depth):
    model = Sequential()
    model.add(layers.Embedding(10, 5))
    for _ in range(depth):
        model.add(layers.SimpleRNN(units, return_sequences=True))
    return model
"""
FUNCTIONAL = """
def build(units):
    inputs = Input(shape=(3, 1))
    state = layers.SimpleRNN(units)(inputs)
    outputs = layers.TimeDistributed(layers.Dense(1))(state)
    return Model(inputs, outputs)
"""
CLASS = """
class Build(Model):
    def __init__(self, units):
        super().__init__()
        self.state0 = [tf.zeros([batch_size, units])]
        self.cell0 = layers.SimpleRNNCell(units, dropout=0.2)
        self.cell1 = layers.SimpleRNNCell(units, dropout=0.2)
        self.head = layers.Dense(1, activation="sigmoid")

    def call(self, inputs, training=None):
        state0, state1 = self.state0, self.state0
        for word in tf.unstack(inputs, axis=1):
            out0, state0 = self.cell0(word, state0, training=training)
            out1, state1 = self.cell1(out0, state1, training=training)
        return self.head(out1)
"""
HELD = """
class Build(Model):
    def __init__(self, units):
        super().__init__()
        self.rnn = Sequential([layers.GRU(units, return_sequences=True, unroll=True), layers.GRU(units)])

    def call(self, inputs, training=None):
        x = self.rnn(inputs, training=training)
        return x
"""
TRAIN = """
def main(model, X, y, epochs=5):
    optimizer = Adam(learning_rate=0.001)
    model.compile(optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(X, y, epochs=epochs, batch_size=8, validation_data=(X, y), shuffle=True)
    return optimizer, history
"""
STATES = """
class Pair(Model):
    def __init__(self):
        super().__init__()

    def call(self, one, two):
        _, state = self.encoder(one)
        return self.decoder(two, initial_state=[state])
"""

LINES = [
    (STACK, "Sequential of a list", "return Sequential([layers.Input((4, 1)), layers.SimpleRNN(units), layers.Dense("),
    (STACK, "functional", "x = layers.SimpleRNN(units)(x)"),
    (STACK, "functional", "inputs = layers.Input((4, 1))"),
    (STACK, "functional", "return Model(inputs=inputs, outputs=x)"),
    (STACK, "functional, in one expression", "sigmoid')(layers.SimpleRNN(units)(inputs))"),
    (STACK, "the last step by a slice", "layers.SimpleRNN(units, return_sequences=True)(x)\n    x = x[:, -1]"),
    (STACK, "the last step by a Lambda", "x = layers.Lambda(lambda states: states[:, -1, :])(x)"),
    (STACK, "nested Sequential", "return Sequential([body, layers.Dense("),
    (STACK, "subclass of Model", "self.layer0 = layers.SimpleRNN(units)"),
    (STACK, "subclass of Model", "inputs = self.layer1(inputs)"),
    (STACK, "subclass of Model", "return Build(units)"),
    (STACK, "subclass of Model, layers in a list", "for layer in self.stack:"),
    (STACK, "a summary where the model is made", "model.summary()\n    return model"),
    (LOOP, "keras.Input first", "model.add(keras.Input(shape=(None,)))\n    model.add(layers.Embedding(10, 5))"),
    (STACK, "layers.InputLayer", "model.add(layers.InputLayer(shape=(4, 1)))"),
    (STACK, "no Input", "model = Sequential()\n    model.add(layers.SimpleRNN(units))"),
    (STACK, "input_shape on the first layer", "layers.SimpleRNN(units, input_shape=(4, 1))"),
    (STACK, "sequences of any length", "layers.Input((None, 1))"),
    (STACK, "batch_shape", "keras.Input(batch_shape=(None, *(4, 1)))"),
    (STACK, "arguments by name", "layers.SimpleRNN(units=units)"),
    (STACK, "arguments by place", "layers.Dense(1, 'sigmoid')"),
    (STACK, "tf.keras.layers.…", "tf.keras.layers.Dense("),
    (STACK, "layers imported by name", "from tensorflow.keras.layers import Dense, Input, SimpleRNN"),
    (STACK, "layers imported by name", "model.add(Dense("),
    (STACK, "tf.nn.…", "activation=tf.nn.sigmoid"),
    (STACK, "an Activation layer", "model.add(layers.Dense(1))\n    model.add(layers.Activation('sigmoid'))"),
    (
        STACK,
        "defaults written out",
        "layers.SimpleRNN(units, activation='tanh', return_sequences=False, go_backwards=False)",
    ),
    (LOOP, "functional", "for _ in range(depth):\n        x = layers.SimpleRNN(units, return_sequences=True)(x)"),
    (LOOP, "functional", "inputs = layers.Input((None,))"),
    (LOOP, "a list made first, then Sequential", "        stack.append(layers.SimpleRNN("),
    (
        FUNCTIONAL,
        "Sequential in place of functional",
        "Sequential([Input(shape=(3, 1)), layers.SimpleRNN(units), layers.T",
    ),
    (FUNCTIONAL, "Dense in place of TimeDistributed(Dense)", "outputs = layers.Dense(1)(state)"),
    (CLASS, "states= by name", "self.cell0(word, states=state0, training=training)"),
    (CLASS, "the training flag by its place, as the textbook has it", "self.cell1(out0, state1, training)"),
    (CLASS, "words by their number", "for step in range(inputs.shape[1]):\n            word = inputs[:, step]\n"),
    (
        CLASS,
        "words of a transposed tensor",
        "for word in tf.unstack(tf.transpose(inputs, [1, 0, 2])):\n            out0",
    ),
    (CLASS, "one loop a cell", "outputs.append(out0)\n        for out0 in outputs:\n            out1, state1 ="),
    (CLASS, "states made in call", "state0 = [tf.zeros([batch_size, self.units])]"),
    (CLASS, "get_initial_state(batch_size)", "state0 = self.cell0.get_initial_state(batch_size=batch_size)"),
    (CLASS, "activation in call", "return tf.nn.sigmoid(self.head(out1))"),
    (CLASS, "super(Class, self)", "super(Build, self).__init__()"),
    (CLASS, "**kwargs for Model", "def __init__(self, units, **kwargs):\n        super().__init__(**kwargs)"),
    (CLASS, "attributes with other names", "self.my_cell0(word, state0, training=training)"),
    (CLASS, "call by another method", "return self.run(inputs, training)"),
    (CLASS, "__call__ in place of call", "def __call__(self, inputs, training=None)"),
    (CLASS, "training=False by default", "def call(self, inputs, training=False)"),
    (HELD, "add in a class", "self.rnn.add(layers.GRU(units))"),
    (HELD, "layers of the class in place of a Sequential", "x = self.rnn_0(inputs, training=training)"),
    (HELD, "unroll left out", "layers.GRU(units, return_sequences=True), layers.GRU(units)"),
    (TRAIN, "loss='bce'", "loss='bce'"),
    (TRAIN, "loss=tf.keras.losses.binary_crossentropy", "loss=tf.keras.losses.binary_crossentropy,"),
    (TRAIN, "loss=tf.keras.losses.BinaryCrossentropy", "loss=tf.keras.losses.BinaryCrossentropy,"),
    (TRAIN, "metrics=['acc']", "metrics=['acc']"),
    (TRAIN, "optimizer 'adam'", "optimizer = 'adam'"),
    (TRAIN, "optimizer Adam(1e-3)", "optimizer = Adam(0.001)"),
    (TRAIN, "tf.optimizers.…, tf.losses.…", "optimizer = tf.optimizers.Adam(learning_rate=0.001)"),
    (TRAIN, "arguments by place", "model.compile(optimizer, 'binary_crossentropy', metrics=['accuracy'])"),
    (TRAIN, "arguments by place", "model.fit(X, y, 8, epochs, validation_data=(X, y), shuffle=True)"),
    (TRAIN, "arguments by name", "model.fit(x=X, y=y, epochs=epochs"),
    (TRAIN, "defaults left out", "validation_data=(X, y))"),
    (TRAIN, "named arguments in a dictionary", "model.fit(X, y, **{'epochs': epochs, 'batch_size': 8,"),
    (TRAIN, "named arguments in another order", "model.compile(metrics=['accuracy'], loss='binary_crossentropy', opt"),
    (TRAIN, "validation data in a list", "validation_data=[X, y]"),
    (TRAIN, "lists returned for tuples", "return [optimizer, history]"),
    (TRAIN, "other variables", "return (my_optimizer, my_history)"),
    (TRAIN, "the work done by helpers", "return _main(model, X, y, epochs)"),
    (STATES, "initial_state without a list", "initial_state=state)"),
    (STATES, "initial_state by its place", "self.decoder(two, [state])"),
    (STATES, "what a layer returns, by number", "state = returned[1]"),
]


@functools.cache
def made(text: str) -> dict[str, str]:
    """Return the programs by what was rewritten, written in one way where they are Python as they stand."""
    programs = {each.what: each.source for each in equivalents(Source(textwrap.dedent(text).lstrip(), ""))}
    wanted = {what for _, what, _ in LINES}
    return {what: ast.unparse(ast.parse(program)) for what, program in programs.items() if what in wanted}


@pytest.mark.parametrize(("text", "what", "line"), LINES, ids=[f"{what}-{line[:20]}" for _, what, line in LINES])
def test_a_rewriting_writes(text: str, what: str, line: str) -> None:
    assert line in made(text)[what]


def test_layers_added_by_name_are_layers_of_the_stack() -> None:
    by_name = STACK.replace(".add(layers", ".add(layer=layers")

    assert made(by_name)["Sequential of a list"] == made(STACK)["Sequential of a list"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(LOOP, "subclass of Model", id="layers-added-in-a-loop"),
        pytest.param(LOOP, "Sequential of a list", id="a-list-of-layers-added-in-a-loop"),
        pytest.param(STACK.replace("return model", "print(model)\n    return model"), "functional", id="a-model-used"),
        pytest.param(
            LOOP.replace("model.add(layers.Emb", "# (layers.Emb"), "layers with names", id="a-layer-in-a-loop"
        ),
        pytest.param(LOOP, "sequences of any length", id="no-length-to-leave-open"),
        pytest.param(STACK + "\nModelCheckpoint('m.keras')\n", "subclass of Model", id="a-model-that-is-saved"),
        pytest.param(
            TRAIN + "\nModelCheckpoint('m.keras')\n",
            "loss=tf.keras.losses.BinaryCrossentropy",
            id="a-loss-that-is-saved",
        ),
        pytest.param(TRAIN, "functional", id="no-model-made"),
        pytest.param(FUNCTIONAL.replace("(inputs)", "(other)"), "Sequential in place of functional", id="no-chain"),
        pytest.param(CLASS, "add in a class", id="no-sequential-held"),
        pytest.param(TRAIN, "optimizer RMSprop(0.0001)", id="another-optimizer"),
        pytest.param(TRAIN.replace("0.001", "0.01"), "optimizer 'adam'", id="a-rate-of-its-own"),
        pytest.param(TRAIN + '\n    x = history["val_accuracy"]\n', "metrics=['acc']", id="a-metric-that-is-read"),
        pytest.param(CLASS + TRAIN, "__call__ in place of call", id="a-model-that-is-trained"),
    ],
)
def test_a_rewriting_leaves_alone(text: str, what: str) -> None:
    assert what not in made(text)
