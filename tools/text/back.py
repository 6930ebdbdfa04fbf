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
from network import CLASSES, Encoder, Heads, Shape
from onnx import numpy_helper
from teacher import Teacher


def kept_pieces(teacher: Teacher, file: Path) -> np.ndarray:
    """Which of the teacher's pieces the tokenizer in ``file`` has, in its order."""
    at = {piece: index for index, (piece, _) in enumerate(teacher.pieces)}
    return np.array([at[piece] for piece, _ in json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]])


def read_back(teacher: Teacher, keep: np.ndarray, file: Path) -> tuple[Encoder, Heads]:
    """Encoder and heads of the graph in ``file``, which ``lean`` wrote. Raises KeyError when it is not one of those."""
    there = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(file)).graph.initializer}
    encoder = {name.removeprefix("encoder."): value for name, value in there.items() if name.startswith("encoder.")}
    encoder = {name: value for name, value in encoder.items() if not name.startswith("word.")}
    layers = len([name for name in there if name.endswith(".wide.weights")])
    for name in (f"layers.{index}.{part}" for index in range(layers) for part in ("qkv", "out", "wide", "back")):
        encoder |= _matrix(there, name)
    encoder["word.weight"] = _words(there, teacher.matrices["emb.word"].reshape(-1, teacher.hidden)[keep])
    inner, heads = len(encoder["layers.0.wide.bias"]), len(encoder["layers.0.qkv.bias"]) // 3 // Shape.head
    shape = Shape(teacher.hidden, layers, heads, inner, len(keep), teacher.positions, teacher.epsilon)
    made = Encoder(shape), Heads(teacher.hidden)
    for network, part in zip(made, (encoder, _heads(there, made[1])), strict=True):
        network.load_state_dict({name: torch.from_numpy(value.copy()) for name, value in part.items()})
    return made


def _words(there: dict[str, np.ndarray], own: np.ndarray) -> np.ndarray:
    """``own``: e5's vectors. What ships has one step for all of them."""
    step = there["encoder.word.weight_scale"]
    zero = there["encoder.word.weight_zero_point"].astype(np.float32)
    middle = (there["encoder.word.weight_quantized"].astype(np.float32) - zero) * step
    return np.clip(own, middle - step / 2, middle + step / 2).astype(np.float32)


def _matrix(there: dict[str, np.ndarray], name: str) -> dict[str, np.ndarray]:
    """Weight and bias in 32 bits: the eight bits times each column's step, each row as small as it was before it was evened out."""
    begins = name.removesuffix("qkv")
    parts = [begins + part for part in "qkv"] if begins != name else [name]
    even = there.get(f"{name}.even", np.float32(1))
    told = [there[f"{one}.weights"].astype(np.float32) * there[f"{one}.steps"] for one in parts]
    return {
        f"{name}.weight": (np.concatenate(told, 1) * np.reshape(even, (-1, 1))).T,
        f"{name}.bias": np.concatenate([there[f"{one}.bias"] for one in parts]),
    }


def _heads(there: dict[str, np.ndarray], heads: Heads) -> dict[str, np.ndarray]:
    """Of every field its columns of what is asked of the pieces and of their mean."""
    wanted = {name: tuple(value.shape) for name, value in heads.state_dict().items()}
    looks, codes = wanted["look.bias"][0], wanted["evidence.bias"][0]
    asked, classes = there["asked"], len(there["classes bias"])
    look, shows, says, spirit = np.split(asked, np.cumsum([looks, codes, classes]), axis=1)
    both = np.concatenate([there["mean.classes"], says])
    told = {
        "look.weight": look.T,
        "evidence.weight": shows.T,
        "attitude.weight": np.concatenate([there["attitude.mean"], spirit]).T,
        "attitude.bias": there["attitude bias"],
        "meaning.weight": there["meaning"].T,
        "meaning.bias": there["meaning bias"],
        "themes": both[:, -codes:].T,
        "theme_bias": there["classes bias"][-codes:],
    }
    told["look.bias"], told["evidence.bias"] = np.split(there["asked bias"][: looks + codes], [looks])
    at = 0
    for name in heads.fields:
        part = f"{'classes' if name in CLASSES else 'flags'}.{name}"
        size = wanted[f"{part}.bias"][0]
        told[f"{part}.weight"] = both[:, at : at + size].T
        told[f"{part}.bias"] = there["classes bias"][at : at + size]
        at += size
    return told
