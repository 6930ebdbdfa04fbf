"""Examples → tensors: pieces, which of them show which theme, and every label with a hole where there is none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from examples import Example, disturbed, dressed
from network import CLASSES, CODES, FLAGS
from tokenizers import Tokenizer

from kapula.text import labels

PIECES = 192  # a comment's pieces at most while learning
SHORT = 14
NOTHING = -100
DRESSED = 0.06


@dataclass
class Batch:
    ids: torch.Tensor
    attend: torch.Tensor
    classes: dict[str, torch.Tensor]
    flags: torch.Tensor  # (rows, flags), nan: not told
    polarity: torch.Tensor
    themes: torch.Tensor  # (rows, codes), nan: not told
    evidence: torch.Tensor  # (rows, pieces, codes), nan: not told
    attitude: torch.Tensor  # (rows, codes)
    weight: torch.Tensor
    meaning: torch.Tensor  # (rows, hidden), nan: not known
    rows: list[int]
    examples: list[Example]


def batches(
    examples: list[Example], tokenizer: Tokenizer, size: int, seed: random.Random, disturb: bool = True
) -> Iterator[Batch]:
    """Every example once, in batches of like length, in random order."""
    if disturb:
        examples = [dressed(one, seed) if seed.random() < DRESSED else one for one in examples]
    texts = [disturbed(one.text, seed) if disturb else one.text for one in examples]
    encoded = tokenizer.encode_batch(texts)
    order = sorted(range(len(examples)), key=lambda i: len(encoded[i].ids) + seed.random() * 8)
    groups, start = [], 0
    while start < len(order):  # short lines twice as many at a time
        n = size if len(encoded[order[start]].ids) > SHORT else 2 * size
        groups.append(order[start : start + n])
        start += n
    seed.shuffle(groups)
    for group in groups:
        yield _batch([examples[i] for i in group], [encoded[i] for i in group])


def _batch(examples: list[Example], encoded: list) -> Batch:
    rows = len(examples)
    length = min(PIECES, max(len(one.ids) for one in encoded))
    ids = torch.ones(rows, length, dtype=torch.long)
    attend = torch.zeros(rows, length)
    evidence = torch.full((rows, length, CODES), float("nan"))
    themes = torch.full((rows, CODES), float("nan"))
    attitude = torch.full((rows, CODES), NOTHING)
    for row, (example, one) in enumerate(zip(examples, encoded, strict=True)):
        n = min(length, len(one.ids))
        ids[row, :n] = torch.tensor(one.ids[:n])
        attend[row, :n] = 1
        if example.themes is not None:
            _themes(example, one.offsets[:n], themes[row], evidence[row], attitude[row])
    classes = {
        name: torch.tensor([_index(kinds, e.told[name]) if name in e.told else NOTHING for e in examples])
        for name, kinds in CLASSES.items()
    }
    flags = torch.tensor([[float(e.told.get(name, float("nan"))) for name in FLAGS] for e in examples])
    polarity = torch.tensor(
        [labels.SENTIMENTS.index(e.told["polarity"]) if "polarity" in e.told else NOTHING for e in examples]
    )
    unknown = np.full(max([len(e.meaning) for e in examples if e.meaning is not None], default=1), np.nan, np.float32)
    return Batch(
        ids, attend, classes, flags, polarity, themes, evidence, attitude,
        torch.tensor([e.weight for e in examples]),
        torch.from_numpy(np.stack([unknown if e.meaning is None else e.meaning for e in examples])),
        [e.row for e in examples],
        examples,
    )  # fmt: skip


def _index(kinds: tuple, told: object) -> int:
    return next(i for i, kind in enumerate(kinds) if kind is told or kind == told)


def _themes(example: Example, offsets: list, themes: torch.Tensor, evidence: torch.Tensor, attitude: torch.Tensor):
    themes[:] = 0
    for code, sentiment in (example.themes or {}).items():
        index = labels.THEMES.index(code)
        themes[index] = 1
        if sentiment:
            attitude[index] = labels.SENTIMENTS.index(sentiment)
    if example.spans is None:
        return
    evidence[: len(offsets)] = 0
    for code, spans in example.spans.items():
        index = labels.THEMES.index(code)
        for at, (start, end) in enumerate(offsets):
            if start < end and any(start < last and first < end for first, last in spans):
                evidence[at, index] = 1
    for index in map(labels.THEMES.index, example.perhaps):
        themes[index], evidence[:, index] = 0.5, float("nan")


def padded(pieces: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """(Ids, attention) of texts, each as long as the longest."""
    length = max(map(len, pieces))
    ids, attend = torch.ones(len(pieces), length, dtype=torch.long), torch.zeros(len(pieces), length)
    for row, one in enumerate(pieces):
        ids[row, : len(one)] = torch.tensor(one)
        attend[row, : len(one)] = 1
    return ids, attend
