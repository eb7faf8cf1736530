"""The canonical graph of a model: what it computes, however it was written."""

from grader.graph.canonical import canonical_layer, graph_of, graph_of_layers
from grader.graph.cells import CELLS, RECURRENT, STEP, as_layers
from grader.graph.nodes import ZEROS, Fault, Graph, GraphLayer, GraphNode, Link

__all__ = [
    "CELLS",
    "RECURRENT",
    "STEP",
    "ZEROS",
    "Fault",
    "Graph",
    "GraphLayer",
    "GraphNode",
    "Link",
    "as_layers",
    "canonical_layer",
    "graph_of",
    "graph_of_layers",
]
