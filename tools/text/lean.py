"""The eight-bit graph written anew with as few steps as its arithmetic needs: the same numbers, an eighth sooner.

Torch's exporter writes what the code says, shapes and all. Here the three parts of attention are matrices of their own, so nothing is cut
and copied; what the heads ask of every piece is one narrow matrix instead of a wide mean for each field,

    W·[mean; Σ a_t s_t] = W₁·mean + Σ a_t (W₂·s_t)        s_t: state of piece t, a_t: how much a field looks at it

and the embedding is what the mean of the pieces means, as *meaning* is linear. Constants keep the names that ``back`` reads.
"""

from __future__ import annotations

import numpy as np
import onnx
from network import CLASSES, CODES, FLAGS
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
OPSET = 17
HEAD = 32  # channels of each of attention's heads
FAR = -1e4  # added where there is no piece, before a softmax
MATRICES = ("out", "wide", "back")
FIELDS = (*CLASSES, *FLAGS)


class Graph:
    """Steps and constants of the graph that is being written."""

    def __init__(self, told: dict[str, np.ndarray]) -> None:
        self.told, self.nodes, self.constants = told, [], {}

    def constant(self, name: str, value: np.ndarray | float) -> str:
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def kept(self, name: str) -> str:
        """A constant as it was."""
        return self.constant(name, self.told[name])

    def step(self, kind: str, inputs: list[str], output: str, domain: str = "", **said: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], f"{kind} {output}", domain=domain, **said))
        return output

    def cut(self, x: str, sizes: dict[str, int]) -> None:
        """The last axis in parts of their own."""
        where = self.constant(f"{x} sizes", np.array([*sizes.values()], np.int64))
        self.nodes.append(helper.make_node("Split", [x, where], [*sizes], f"Split {x}", axis=-1))


def lean(model: onnx.ModelProto) -> onnx.ModelProto:
    """``model``: what ``eight.in_eight_bits`` made of the exported whole."""
    g = Graph(constants(model))
    layers = 1 + max(int(name.split(".")[2]) for name in g.told if name.startswith("encoder.layers."))
    x = _pieces(g)
    for index in range(layers):
        x = _layer(g, x, f"layers.{index}")
    g.step("Identity", [x], "states")
    _heads(g)
    _of_all(g)
    rows = {"ids": TensorProto.INT64, "attend": TensorProto.FLOAT}
    inputs = [helper.make_tensor_value_info(name, kind, ["rows", "length"]) for name, kind in rows.items()]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in _shapes(g).items()]
    weights = [numpy_helper.from_array(value, name) for name, value in g.constants.items()]
    made = helper.make_model(
        helper.make_graph(g.nodes, "kapula", inputs, outputs, weights),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=8,
    )
    onnx.checker.check_model(made)
    return made


def constants(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """By their names; those of the heads, to which the exporter gives numbers, by the names they have in torch."""
    told = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    for node in model.graph.node:
        part, _, kind = node.name.strip("/").removeprefix("heads/").rpartition("/")
        if node.op_type == "MatMul" and kind == "Gemm_MatMul" and part in FIELDS:
            told[_head(part) + ".weight"] = told[node.input[1]]
        elif node.op_type == "MatMul" and part in ("look", "evidence", "attitude", "meaning"):
            told[f"heads.{part}.weight"] = told[node.input[1]]
    return told


def _head(field: str) -> str:
    """As it is called in torch."""
    return f"heads.{'classes' if field in CLASSES else 'flags'}.{field}"


def _shapes(g: Graph) -> dict[str, list[int | str]]:
    hidden = len(g.constants["encoder.norm.weight"])
    return {
        "logits": ["rows", len(g.constants["of"]) - CODES],
        "themes": ["rows", CODES],
        "attitude": ["rows", CODES, len(g.constants["attitude bias"])],
        "evidence": ["rows", "length", CODES],
        "states": ["rows", "length", hidden],
        "embedding": ["rows", hidden],
        "meaning": [hidden, hidden],
        "meaning bias": [hidden],
    }


def _pieces(g: Graph) -> str:
    """Vectors of the pieces and their places; and what is added where there is no piece, for attention and for the heads."""
    word = "encoder.word.weight_"
    g.step("Gather", [g.kept(word + "quantized"), "ids"], "word eight")
    g.step("DequantizeLinear", ["word eight", g.kept(word + "scale"), g.kept(word + "zero_point")], "word")
    g.step("Shape", ["ids"], "length", start=1, end=2)
    first = g.constant("first", np.array([0], np.int64))
    g.step("Slice", [g.kept("encoder.position.weight"), first, "length", first], "position")
    g.step("Add", ["word", "position"], "both")
    g.step("Sub", [g.constant("whole", np.float32(1)), "attend"], "blank")
    g.step("Mul", ["blank", g.constant("far", np.float32(FAR))], "far away")
    g.constant("pieces' axis", np.array([1], np.int64))
    g.step("Unsqueeze", ["far away", g.constant("heads' axes", np.array([1, 2], np.int64))], "mask")
    g.step("Unsqueeze", ["far away", g.constant("last axis", np.array([2], np.int64))], "mask by piece")
    return _normalised(g, "both", "norm")


def _normalised(g: Graph, x: str, name: str) -> str:
    weights = [g.kept(f"encoder.{name}.{part}") for part in ("weight", "bias")]
    return g.step("LayerNormalization", [x, *weights], f"{name} out", axis=-1, epsilon=1e-12)


def _in_eight(g: Graph, x: str, name: str) -> str:
    """What goes into a matrix, in eight bits."""
    torch = f"/encoder/{name.replace('.', '/').replace('layers/', 'layers.')}/MatMul"
    if f"{torch}_even" in g.told:
        x = g.step("Mul", [x, g.constant(f"{name}.even", g.told[f"{torch}_even"])], f"{name} shrunk")
    scales = [g.constant(f"{name}.{part}", g.told[f"{torch}_{part}"]) for part in ("scale", "zero")]
    return g.step("QuantizeLinear", [x, *scales], f"{name} eight")


def _times(g: Graph, name: str, output: str, part: slice = slice(None)) -> str:
    """Matrix and bias on what ``_in_eight`` made; ``part``: of its columns."""
    torch = f"/encoder/{name.replace('.', '/').replace('layers/', 'layers.')}/MatMul"
    matrix, steps, none = (
        g.constant(f"{output}.{said}", g.told[f"{torch}_{said}"][..., part]) for said in ("weights", "steps", "none")
    )
    bias = g.constant(f"{output}.bias", g.told[f"encoder.{name}.bias"][part])
    inputs = [f"{name} eight", matrix, f"{name}.scale", steps, f"{name}.zero", none, bias]
    return g.step("MatMulIntegerToFloat", inputs, output, MICROSOFT)


def _layer(g: Graph, x: str, name: str) -> str:
    _in_eight(g, x, f"{name}.qkv")
    wide = len(g.told[f"encoder.{name}.qkv.bias"]) // 3
    for at, one in enumerate("qkv"):
        _times(g, f"{name}.qkv", f"{name}.{one}", slice(at * wide, (at + 1) * wide))
    _in_eight(g, _attention(g, name, wide), f"{name}.out")
    g.step("Add", [x, _times(g, f"{name}.out", f"{name}.out")], f"{name} sum")
    y = _normalised(g, f"{name} sum", f"{name}.norm")
    _in_eight(g, y, f"{name}.wide")
    g.step("Gelu", [_times(g, f"{name}.wide", f"{name}.wide")], f"{name} bent", MICROSOFT)
    _in_eight(g, f"{name} bent", f"{name}.back")
    g.step("Add", [y, _times(g, f"{name}.back", f"{name}.back")], f"{name} sum again")
    return _normalised(g, f"{name} sum again", f"{name}.last")


def _attention(g: Graph, name: str, wide: int) -> str:
    apart = g.constant("apart", np.array([0, 0, wide // HEAD, HEAD], np.int64))
    turned = {"q": [0, 2, 1, 3], "k": [0, 2, 3, 1], "v": [0, 2, 1, 3]}
    for one, order in turned.items():
        g.step("Reshape", [f"{name}.{one}", apart], f"{name}.{one} apart")
        g.step("Transpose", [f"{name}.{one} apart"], f"{name}.{one} turned", perm=order)
    alpha = float(HEAD) ** -0.5
    g.step("FusedMatMul", [f"{name}.q turned", f"{name}.k turned"], f"{name} scores", MICROSOFT, alpha=alpha)
    g.step("Add", [f"{name} scores", "mask"], f"{name} masked")
    g.step("Softmax", [f"{name} masked"], f"{name} shares", axis=-1)
    g.step("MatMul", [f"{name} shares", f"{name}.v turned"], f"{name} seen apart")
    g.step("Transpose", [f"{name} seen apart"], f"{name} seen turned", perm=[0, 2, 1, 3])
    together = g.constant("together", np.array([0, 0, wide], np.int64))
    return g.step("Reshape", [f"{name} seen turned", together], f"{name} seen")


def _of_classes(g: Graph) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Every field's classes and the themes: (2·hidden, classes), (classes,), and which look is each one's."""
    hidden = len(g.told["encoder.norm.weight"])
    weights, biases, of = [], [], []
    for at, name in enumerate(FIELDS):
        part = _head(name)
        weights.append(g.told[f"{part}.weight"].reshape(2 * hidden, -1))
        biases.append(g.told[f"{part}.bias"])
        of += [at] * weights[-1].shape[1]
    weights.append(g.told["heads.themes"].reshape(CODES, 2 * hidden).T)
    biases.append(g.told["heads.theme_bias"].reshape(CODES))
    return np.concatenate(weights, 1), np.concatenate(biases), of + [len(FIELDS) + code for code in range(CODES)]


def _heads(g: Graph) -> None:
    """What is asked of every piece: how much each field looks at it, what it then says, the themes it shows, and in what spirit."""
    classes, _, of = _of_classes(g)
    hidden = len(classes) // 2
    attitude = g.told["heads.attitude.weight"]
    parts = {
        "look": g.told["heads.look.weight"],
        "shows": g.told["heads.evidence.weight"],
        "says": classes[hidden:],
        "spirit": attitude[hidden:],
    }
    biases = {"look": g.told["heads.look.bias"], "shows": g.told["heads.evidence.bias"]}
    bias = [biases.get(name, np.zeros(one.shape[1], np.float32)) for name, one in parts.items()]
    asked = g.constant("asked", np.concatenate([*parts.values()], 1))
    g.step("MatMul", ["states", asked], "answered")
    g.step("Add", ["answered", g.constant("asked bias", np.concatenate(bias))], "answers")
    g.cut("answers", {name: one.shape[1] for name, one in parts.items()})
    g.step("Add", ["look", "mask by piece"], "look masked")
    g.step("Softmax", ["look masked"], "looks", axis=1)
    g.step("Gather", ["looks", g.constant("of", np.array(of, np.int64))], "looks of classes", axis=2)
    g.step("Mul", ["looks of classes", "says"], "said")
    g.step("ReduceSum", ["said", "pieces' axis"], "seen", keepdims=0)
    g.step("Sigmoid", ["shows"], "shown")
    g.step("Unsqueeze", ["attend", "last axis"], "is piece")
    g.step("Mul", ["shown", "is piece"], "evidence")


def _of_all(g: Graph) -> None:
    """What the mean of the pieces adds, and the outputs."""
    classes, bias, of = _of_classes(g)
    hidden = len(classes) // 2
    g.step("Unsqueeze", ["attend", "pieces' axis"], "row of pieces")
    g.step("MatMul", ["row of pieces", "states"], "sums")
    g.step("Squeeze", ["sums", "pieces' axis"], "sum")
    g.step("ReduceSum", ["attend", "pieces' axis"], "count", keepdims=1)
    g.step("Div", ["sum", "count"], "mean")
    g.step("Gemm", ["mean", g.constant("mean.classes", classes[:hidden]), g.constant("classes bias", bias)], "of mean")
    g.step("Add", ["of mean", "seen"], "classes")
    g.cut("classes", {"logits": len(of) - CODES, "themes": CODES})
    _attitude(g, hidden)
    g.constant("meaning", g.told["heads.meaning.weight"])
    g.constant("meaning bias", g.told["heads.meaning.bias"])
    g.step("Gemm", ["mean", "meaning", "meaning bias"], "meant")
    g.step("ReduceL2", ["meant"], "long", axes=[1], keepdims=1)
    g.step("Max", ["long", g.constant("no length", np.float32(1e-9))], "some length")
    g.step("Div", ["meant", "some length"], "embedding")


def _attitude(g: Graph, hidden: int) -> None:
    """Towards each theme: of the mean, and of the pieces that show it."""
    weights = g.told["heads.attitude.weight"]
    g.step("ReduceSum", ["evidence", "pieces' axis"], "evidence sum", keepdims=1)
    g.step("Max", ["evidence sum", g.constant("no evidence", np.float32(1e-6))], "some evidence")
    g.step("Div", ["evidence", "some evidence"], "shares")
    g.step("FusedMatMul", ["shares", "spirit"], "attitude seen", MICROSOFT, transA=1)
    mean = [g.constant("attitude.mean", weights[:hidden]), g.constant("attitude bias", g.told["heads.attitude.bias"])]
    g.step("Gemm", ["mean", *mean], "attitude whole")
    g.step("Unsqueeze", ["attitude whole", "pieces' axis"], "attitude of mean")
    g.step("Add", ["attitude seen", "attitude of mean"], "attitude")
