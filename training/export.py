"""Write a network as ONNX: 8-bit whole numbers for the large tables, fused operators of ONNX Runtime in between.

The graph is put together by hand, so that it holds only what is run. Each column of a weight has its own scale. In the
reader the activations are 8-bit too, scaled by what a run holds, which is one window; its two small heads stay in full
precision. In the sentence encoder only the stored weights are 8-bit. Rows are run one by one, so there is no mask: with
one, attention takes twice as long.
"""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from headwater.reading.trained.tags import TAGS
from training.network import HEADS, LINK, SIZE, Encoder, Reader

_OURS = "com.microsoft"
_EPSILON = 1e-12
_PRODUCT, _TABLE = 63, 127


class _Graph:
    """Nodes and constants as they are added; every method returns the name of what it made."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.nodes: list = []
        self.constants: list = []

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def linear(self, x: str, layer: nn.Linear, name: str) -> str:
        """A product with 8-bit weights, a scale a column."""
        weight = _numbers(layer.weight).T
        whole, scale = _whole(weight, axis=0)
        if not self.whole:
            parts = [self.constant(f"{name}.weight", whole), self.constant(f"{name}.scale", scale)]
            product = self.node(
                "MatMul", [x, self.node("DequantizeLinear", parts, f"{name}.real", axis=1)], f"{name}.x"
            )
            return self.node("Add", [product, self.constant(f"{name}.bias", _numbers(layer.bias))], name)
        parts = [x, self.constant(f"{name}.weight", whole), self.constant(f"{name}.scale", scale),
                 self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
                 self.constant(f"{name}.bias", _numbers(layer.bias))]  # fmt: skip
        return self.node("DynamicQuantizeMatMul", parts, name, _OURS)

    def exact(self, x: str, layer: nn.Linear, name: str) -> str:
        """A product in full precision."""
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", _numbers(layer.weight).T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", _numbers(layer.bias))], name)

    def norm(self, x: str, skip: str, layer: nn.LayerNorm, name: str) -> str:
        """The norm of a sum. The fused operator for both takes five times as long on a processor."""
        parts = [
            self.constant(f"{name}.weight", _numbers(layer.weight)),
            self.constant(f"{name}.bias", _numbers(layer.bias)),
        ]
        summed = self.node("Add", [x, skip], f"{name}.sum")
        return self.node("LayerNormalization", [summed, *parts], name, axis=-1, epsilon=_EPSILON)


def reader_bytes(network: Reader) -> bytes:
    """Return the tag and link network as an ONNX file: ids, shape, state of one row in; its tags, links out."""
    graph = _Graph(whole=True)
    x = _encoded(graph, network.encoder)
    graph.exact(x, network.tag, "tags")
    graph.exact(x, network.link, "links")
    outputs = [helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["rows", "width", TAGS]),
               helper.make_tensor_value_info("links", TensorProto.FLOAT, ["rows", "width", 4 * LINK])]  # fmt: skip
    return _file(graph, ["ids", "shape", "state"], outputs)


def encoder_bytes(encoder: Encoder) -> bytes:
    """Return the sentence encoder as an ONNX file: ids of one row in; the mean of its pieces, at length 1, out."""
    graph = _Graph(whole=False)
    x = _encoded(graph, encoder, plain=True)
    along = graph.constant("along", np.array([1], np.int64))
    total = graph.node("ReduceMean", [x, along], "mean", keepdims=0)
    graph.node("LpNormalization", [total], "vectors", axis=1, p=2)
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["rows", SIZE])]
    return _file(graph, ["ids"], outputs)


def _encoded(graph: _Graph, encoder: Encoder, *, plain: bool = False) -> str:
    whole, scale = _whole(_numbers(encoder.words.weight), axis=1)
    rows = graph.node("Gather", [graph.constant("words", whole), "ids"], "words.rows")
    scales = graph.node("Gather", [graph.constant("words.scale", scale[:, None]), "ids"], "words.scales")
    words = graph.node("Mul", [graph.node("Cast", [rows], "words.cast", to=TensorProto.FLOAT), scales], "words.vectors")
    places = graph.constant("places", _numbers(encoder.places.weight)[None])
    width = graph.node("Shape", ["ids"], "width", start=1, end=2)
    zero, one = graph.constant("zero", np.array([0], np.int64)), graph.constant("one", np.array([1], np.int64))
    x = graph.node("Add", [words, graph.node("Slice", [places, zero, width, one], "places.rows")], "placed")
    if not plain:
        shapes = graph.node(
            "Gather", [graph.constant("shapes", _numbers(encoder.shapes.weight)), "shape"], "shapes.rows"
        )
        states = graph.node(
            "Gather", [graph.constant("states", _numbers(encoder.states.weight)), "state"], "states.rows"
        )
        x = graph.node("Add", [x, graph.node("Add", [shapes, states], "marks")], "marked")
    parts = [
        graph.constant("norm.weight", _numbers(encoder.norm.weight)),
        graph.constant("norm.bias", _numbers(encoder.norm.bias)),
    ]
    x = graph.node("LayerNormalization", [x, *parts], "embedded", axis=-1, epsilon=_EPSILON)
    for number, layer in enumerate(encoder.layers):
        at = f"layer{number}"
        qkv = graph.linear(x, layer.qkv, f"{at}.qkv")
        split = [f"{at}.q", f"{at}.k", f"{at}.v"]
        graph.nodes.append(helper.make_node("Split", [qkv], split, name=f"{at}.split", axis=2, num_outputs=3))
        mixed = graph.node("MultiHeadAttention", split, f"{at}.mixed", _OURS, num_heads=HEADS)
        x = graph.norm(x, graph.linear(mixed, layer.out, f"{at}.out"), layer.norm1, f"{at}.norm1")
        up = graph.node("Gelu", [graph.linear(x, layer.up, f"{at}.up")], f"{at}.gelu", _OURS)
        x = graph.norm(x, graph.linear(up, layer.down, f"{at}.down"), layer.norm2, f"{at}.norm2")
    return x


def _file(graph: _Graph, inputs: list[str], outputs: list) -> bytes:
    ins = [helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "width"]) for name in inputs]
    made = helper.make_graph(graph.nodes, "headwater", ins, outputs, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(_OURS, 1)],
                              producer_name="headwater")  # fmt: skip
    model.ir_version = 9
    return model.SerializeToString(deterministic=True)


def _numbers(values: Tensor) -> np.ndarray:
    return values.detach().numpy().astype(np.float32)


def _whole(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Return whole numbers and their scales, one a column (axis 0, of a product) or a row (axis 1, of a table).

    A product uses only seven of the eight bits: on processors without VNNI, two full ones would overflow when added.
    """
    largest = _PRODUCT if axis == 0 else _TABLE
    scale = np.maximum(np.abs(values).max(axis=axis), 1e-8).astype(np.float32) / largest
    return np.round(values / np.expand_dims(scale, axis)).astype(np.int8), scale
