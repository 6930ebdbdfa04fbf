"""A network that ships, read back into torch, so that anyone can go on teaching it without the 32 bits it was made from.

Matrices lose what eight bits lose (the labels hardly move) and the next pass mends it. Of a piece's own vector eight bits leave a
range; the value nearest to e5's in it is taken, which is e5's own where nothing moved it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from network import Encoder, Heads, Shape
from onnx import numpy_helper
from teacher import Teacher

AGAIN = {"/heads/look": "look", "/heads/evidence": "evidence", "/attitude": "attitude", "/meaning": "meaning"}


def kept_pieces(teacher: Teacher, file: Path) -> np.ndarray:
    """Which of the teacher's pieces the tokenizer in ``file`` has, in its order."""
    at = {piece: index for index, (piece, _) in enumerate(teacher.pieces)}
    return np.array([at[piece] for piece, _ in json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]])


def read_back(teacher: Teacher, keep: np.ndarray, file: Path) -> tuple[Encoder, Heads]:
    """Encoder and heads of the graph in ``file``, which ``export`` wrote. Raises KeyError when it is not one of those."""
    graph = onnx.load(str(file)).graph
    there = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    told = {"encoder": {}, "heads": {}}
    for name, value in there.items():
        part, _, rest = name.partition(".")
        if part in told and "quantized" not in name and "weight_" not in name:
            told[part][rest] = value.T if part == "heads" and rest.endswith(".weight") else value
    for node in graph.node:
        if node.op_type == "MatMulIntegerToFloat":
            told["encoder"][node.name.removeprefix("/encoder/").split("/MatMul")[0].replace("/", ".") + ".weight"] = (
                _matrix(there, node.name).T
            )
        elif node.op_type == "MatMul" and node.name.removesuffix("/MatMul") in AGAIN:
            told["heads"][AGAIN[node.name.removesuffix("/MatMul")] + ".weight"] = there[node.input[1]].T
    told["encoder"]["word.weight"] = _words(there, teacher.matrices["emb.word"].reshape(-1, teacher.hidden)[keep])
    layers = 1 + max(int(name.split(".")[1]) for name in told["encoder"] if name.startswith("layers."))
    shape = Shape(teacher.hidden, layers, teacher.heads, teacher.inner, len(keep), teacher.positions, teacher.epsilon)
    made = Encoder(shape), Heads(teacher.hidden)
    for network, part in zip(made, ("encoder", "heads"), strict=True):
        network.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in told[part].items()})
    return made


def _words(there: dict[str, np.ndarray], own: np.ndarray) -> np.ndarray:
    """``own``: e5's vectors. What ships has one step for all of them."""
    step = there["encoder.word.weight_scale"]
    zero = there["encoder.word.weight_zero_point"].astype(np.float32)
    middle = (there["encoder.word.weight_quantized"].astype(np.float32) - zero) * step
    return np.clip(own, middle - step / 2, middle + step / 2).astype(np.float32)


def _matrix(there: dict[str, np.ndarray], name: str) -> np.ndarray:
    """The matrix in 32 bits: its eight bits times each column's step, each row as small as it was before it was evened out."""
    even = there.get(f"{name}_even", np.float32(1))
    return there[f"{name}_weights"].astype(np.float32) * there[f"{name}_steps"] * np.reshape(even, (-1, 1))
