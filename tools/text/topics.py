"""Patients' comments and the topics that people gave them: a second kind of theme to learn from, and a test of theirs to pass.

The head is not shipped: it shows whether the network can carry another codebook, and learning it teaches the layers what service is about.
"""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from batches import padded
from examples import Example
from network import Encoder, mean, quick
from tokenizers import Tokenizer
from torch import nn

FEWEST = 60  # comments that a topic must have, or there is nothing to learn or to measure with
BEGINS = "Organisation & efficiency"  # the first of the columns that are topics
LEFT_OUT = {"Not assigned", "Labelling not possible", "Unspecified communication"}
ASIDE = 5  # every fifth comment is never learned from


def patients(path: Path) -> tuple[list[Example], list[Example], tuple[str, ...]]:
    """(To learn from, kept aside, the topics): comments that people found to have at least one topic, or good (1, 2) or bad (4, 5)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    named = [name for name in columns[columns.index(BEGINS) :] if name not in LEFT_OUT]
    topics = tuple(name for name in named if sum(_yes(row[name]) for row in rows) >= FEWEST)
    learned, aside = {}, {}
    for row in rows:
        text = (row["FFT answer"] or "").strip()
        if not text:
            continue
        place = aside if _aside(text) else learned
        told = {"language": "en"} | _polarity(row["Comment sentiment"])
        found = tuple(name for name in topics if _yes(row[name]))
        place[text] = Example(text, told, weight=0.3, group="nhs", topics=found)
    return list(learned.values()), list(aside.values()), topics


def _polarity(told: str) -> dict[str, str]:
    if told in {"1", "2"}:
        return {"polarity": "positive"}
    return {"polarity": "negative"} if told in {"4", "5"} else {}


def _yes(value: str) -> bool:
    return value in {"1", "1.0"}


def _aside(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % ASIDE == 0


class Topics(nn.Module):
    """For each topic an attention over the pieces with a query of its own, beside the mean, as ``Heads`` has for themes."""

    def __init__(self, hidden: int, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names
        self.look = nn.Linear(hidden, len(names))
        self.weights = nn.Parameter(torch.randn(len(names), 2 * hidden) * 0.02)
        self.bias = nn.Parameter(torch.full((len(names),), -2.0))

    def forward(self, states: torch.Tensor, attend: torch.Tensor) -> torch.Tensor:
        looks = (self.look(states) + ((1 - attend) * -1e4)[..., None]).softmax(1)
        seen = torch.einsum("btf,bth->bfh", looks, states)
        whole = mean(states, attend)[:, None].expand(-1, len(self.names), -1)
        return (torch.cat([whole, seen], -1) * self.weights).sum(-1) + self.bias

    def told(self, examples: list[Example]) -> torch.Tensor:
        """(rows, topics); nan where nobody gave topics."""
        out = torch.full((len(examples), len(self.names)), float("nan"))
        for row, one in enumerate(examples):
            if one.topics is not None:
                out[row] = torch.tensor([float(name in one.topics) for name in self.names])
        return out


def taught(
    encoder: Encoder, names: tuple[str, ...], learned: list[Example], cut: Tokenizer, passes: int = 20, seed: int = 1
) -> Topics:
    """A head alone, on the states of a network that stays as it is."""
    torch.manual_seed(seed)
    head, order = Topics(encoder.shape.hidden, names), random.Random(seed)
    kept = [(states, attend, head.told(some)) for some, states, attend in _states(encoder, learned, cut)]
    optimiser = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.05)
    steps = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, passes * len(kept))
    for _ in range(passes):
        order.shuffle(kept)
        for states, attend, told in kept:
            dropped = nn.functional.dropout(states, 0.2)
            cost = nn.functional.binary_cross_entropy_with_logits(head(dropped, attend), told)
            optimiser.zero_grad()
            cost.backward()
            optimiser.step()
            steps.step()
    return head


def figures(names: tuple[str, ...], aside: list[Example], logits: np.ndarray) -> dict[str, float]:
    """Macro F1 of the log odds (comments, topics) given to the comments kept aside; and each topic's F1."""
    told = np.array([[name in (one.topics or ()) for name in names] for one in aside])
    said = logits >= _best(logits)
    each = 2 * (told & said).sum(0) / np.maximum(1, told.sum(0) + said.sum(0))
    return {"macro F1": float(each.mean()), **dict(zip(names, each.tolist(), strict=True))}


def _best(logits: np.ndarray) -> np.ndarray:
    """For each topic the threshold with the largest F1 that its own probabilities promise (Ye, Chai, Lee and Chieu 2012, "Optimizing
    F-measure"): no label is looked at, and the comments learned from, which the network knows by heart, would tell a wrong one."""
    found = []
    for column in logits.T:
        falling = np.sort(column)[::-1]
        chances = 1 / (1 + np.exp(-falling))
        promised = 2 * chances.cumsum() / (np.arange(1, len(chances) + 1) + chances.sum())
        found.append(falling[promised.argmax()])
    return np.array(found)


@torch.no_grad()
def said(encoder: Encoder, topics: Topics, examples: list[Example], cut: Tokenizer) -> np.ndarray:
    return np.concatenate([topics(states, attend).numpy() for _, states, attend in _states(encoder, examples, cut)])


@torch.no_grad()
def _states(
    encoder: Encoder, examples: list[Example], cut: Tokenizer
) -> Iterator[tuple[list[Example], torch.Tensor, torch.Tensor]]:
    """Some comments at a time: they, the states of their pieces, and which of these are pieces."""
    encoder.eval()
    for start in range(0, len(examples), 64):
        some = examples[start : start + 64]
        ids, attend = padded([one.ids for one in cut.encode_batch([one.text for one in some])])
        with quick():
            states = encoder(ids, attend).float()
        yield some, states, attend
