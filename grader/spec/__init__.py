"""What a model should be, as values that know their shapes, sizes and outputs.

Everything here is plain NumPy and independent of the library it judges. Write
``Embedding(10, 5), SimpleRNN(3)`` and ask for the output shape, the number of
parameters (with the formula) and the forward pass.
"""

from grader.spec.layers import (
    Activation,
    Bidirectional,
    Dense,
    Dropout,
    Embedding,
    Layer,
    Masking,
    TimeDistributed,
)
from grader.spec.network import INPUT, Network, Node, chain
from grader.spec.recurrent import GRU, LSTM, Recurrent, SimpleRNN
from grader.spec.training import Adam, OptimizerSpec, RMSprop

__all__ = [
    "GRU",
    "INPUT",
    "LSTM",
    "Activation",
    "Adam",
    "Bidirectional",
    "Dense",
    "Dropout",
    "Embedding",
    "Layer",
    "Masking",
    "Network",
    "Node",
    "OptimizerSpec",
    "RMSprop",
    "Recurrent",
    "SimpleRNN",
    "TimeDistributed",
    "chain",
]
