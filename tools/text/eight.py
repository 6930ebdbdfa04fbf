"""Matrices in eight bits with scales that are fixed beforehand, so that a comment's labels do not hang on which others are read with it.

A few channels of what goes into a matrix are tens of times larger than the rest and would take the eight bits for themselves. They are
made smaller and the matrix's rows as much larger: Xiao and others (2023), "SmoothQuant", arXiv 2211.10438, equation 4 with α = 0.9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime import InferenceSession

Feeds = dict[str, np.ndarray]
ALPHA = 0.9
LEVELS = 255
ROUGH = 5  # channels this many times larger than the middle one are worth a pass over the numbers


@dataclass
class Seen:
    """What went into a matrix over the comments tried: per channel, the least and the greatest."""

    low: np.ndarray
    high: np.ndarray

    def add(self, rows: np.ndarray) -> None:
        self.low, self.high = np.minimum(self.low, rows.min(0)), np.maximum(self.high, rows.max(0))


def in_eight_bits(model: onnx.ModelProto, tried: Iterable[Feeds], chosen: Callable[[onnx.NodeProto], bool]) -> None:
    """Replace, in place, each multiplication by a constant matrix for which ``chosen`` holds. ``tried``: inputs that give the scales."""
    matrices = {one.name: one for one in model.graph.initializer}
    nodes = [
        node
        for node in model.graph.node
        if node.op_type == "MatMul"
        and node.input[1] in matrices
        and len(matrices[node.input[1]].dims) == 2
        and chosen(node)
    ]
    seen = _seen(model, {node.input[0] for node in nodes}, tried)
    added = {name: node for node in model.graph.node if node.op_type == "Add" for name in node.input}
    made: dict[str, list[onnx.NodeProto]] = {}
    for node in nodes:
        more = added.get(node.output[0])
        bias = next((name for name in more.input if name in matrices), "") if more else ""
        if more and bias:
            made[more.name] = []
        matrix = numpy_helper.to_array(matrices[node.input[1]])
        made[node.name] = _nodes(
            model, node, matrix, seen[node.input[0]], bias, more.output[0] if more and bias else node.output[0]
        )
    kept = [part for node in model.graph.node for part in made.get(node.name, [node])]
    used = {name for node in kept for name in node.input}
    del model.graph.node[:]
    model.graph.node.extend(kept)
    left = [one for one in model.graph.initializer if one.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(left)
    if not any(one.domain == "com.microsoft" for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _seen(model: onnx.ModelProto, names: set[str], tried: Iterable[Feeds]) -> dict[str, Seen]:
    spoken = onnx.ModelProto()
    spoken.CopyFrom(model)
    spoken.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in sorted(names))
    session = InferenceSession(spoken.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, Seen] = {}
    for feeds in tried:
        there = feeds["attend"].astype(bool)
        for name, value in zip(sorted(names), session.run(sorted(names), feeds), strict=True):
            rows = value[there]
            found.setdefault(name, Seen(rows.min(0), rows.max(0))).add(rows)
    return found


def _nodes(
    model: onnx.ModelProto, node: onnx.NodeProto, matrix: np.ndarray, seen: Seen, bias: str, output: str
) -> list[onnx.NodeProto]:
    """x·W + b as (x ÷ m) in eight bits times (m·W) in eight bits, both scales constant. ``bias``: b's name, or none."""
    most = np.maximum(np.maximum(-seen.low, seen.high), 1e-6)
    rough = most.max() > ROUGH * np.median(most)
    even = most**ALPHA / np.maximum(np.abs(matrix).max(1), 1e-6) ** (1 - ALPHA) if rough else np.ones_like(most)
    low, high = min(float((seen.low / even).min()), 0.0), max(float((seen.high / even).max()), 0.0)
    step = (high - low) / LEVELS
    weights = matrix * even[:, None]
    steps = np.maximum(np.abs(weights).max(0), 1e-9) / 127

    def constant(name: str, value: np.ndarray) -> str:
        model.graph.initializer.append(numpy_helper.from_array(value, f"{node.name}_{name}"))
        return f"{node.name}_{name}"

    scale, zero = (
        constant("scale", np.float32(step).reshape(())),
        constant("zero", np.uint8(round(-low / step)).reshape(())),
    )
    shrunk, eight = f"{node.name}_shrunk" if rough else node.input[0], f"{node.name}_eight"
    shrinking = [node.input[0], constant("even", (1 / even).astype(np.float32))] if rough else []
    return [
        *([helper.make_node("Mul", shrinking, [shrunk], f"{node.name}_shrink")] if rough else []),
        helper.make_node("QuantizeLinear", [shrunk, scale, zero], [eight], f"{node.name}_quantise"),
        helper.make_node(
            "MatMulIntegerToFloat",
            [eight, constant("weights", np.clip(np.round(weights / steps), -127, 127).astype(np.int8)), scale,
             constant("steps", steps.astype(np.float32)), zero, constant("none", np.zeros(len(steps), np.int8)), bias],
            [output], node.name, domain="com.microsoft",
        ),
    ]  # fmt: skip
