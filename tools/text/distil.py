"""A smaller network that learns from the large one's answers as well as from people's labels."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from batches import Batch, batches, padded
from examples import Example
from learn import Averaged, Plan, cost, groups, paced
from network import CLASSES, FLAGS, Encoder, Heads, quick
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

WARMTH = 1.5
CLOSE = 2.0  # what it costs that a piece is not what the large network makes of it
SOFT = {**dict.fromkeys(CLASSES, 0.5), "sentiment": 2.0}


@dataclass
class Told:
    """What the large network says of the examples, in their order: field → logits; the pieces of each, and what it made of every piece,
    (pieces, hidden) in half precision."""

    logits: dict[str, torch.Tensor]
    pieces: list[list[int]]
    states: list[np.ndarray]

    def of(self, name: str, rows: list[int]) -> torch.Tensor:
        return self.logits[name][rows]

    def chosen(self, rows: list[int]) -> Told:
        return Told(
            {name: value[rows] for name, value in self.logits.items()},
            [self.pieces[i] for i in rows],
            [self.states[i] for i in rows],
        )

    def __add__(self, other: Told) -> Told:
        logits = {name: torch.cat([value, other.logits[name]]) for name, value in self.logits.items()}
        return Told(logits, self.pieces + other.pieces, self.states + other.states)


Reads = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def in_full(encoder: Encoder) -> Reads:
    """The states of (ids, attention) by the network that learned."""
    encoder.eval()

    def read(ids: torch.Tensor, attend: torch.Tensor) -> torch.Tensor:
        with quick():
            return encoder(ids, attend).float()

    return read


def as_shipped(path: Path) -> Reads:
    """The states of (ids, attention) by the eight bits that ship: 114 comments a second where 32 bits answered 74."""
    session = onnxruntime.InferenceSession(str(path))

    def read(ids: torch.Tensor, attend: torch.Tensor) -> torch.Tensor:
        return torch.from_numpy(session.run(["states"], {"ids": ids.numpy(), "attend": attend.numpy()})[0])

    return read


@torch.no_grad()
def answers(read: Reads, heads: Heads, examples: list[Example], tokenizer: Tokenizer) -> Told:
    """What the large network says; ``read``: its states of (ids, attention)."""
    heads.eval()
    pieces = [one.ids for one in tokenizer.encode_batch([one.text for one in examples])]
    order = sorted(range(len(examples)), key=lambda i: len(pieces[i]))
    states: list[np.ndarray] = [np.empty(0)] * len(examples)
    found: dict[str, list[torch.Tensor]] = {}
    for start in range(0, len(order), 32):
        group = order[start : start + 32]
        ids, attend = padded([pieces[i] for i in group])
        made = read(ids, attend)
        for name, value in heads(made, attend).items():
            if name != "evidence":
                found.setdefault(name, []).append(value)
        for row, i in enumerate(group):
            states[i] = made[row, : len(pieces[i])].numpy().astype(np.float16)
    back = np.argsort(order)
    return Told({name: torch.cat(parts)[back] for name, parts in found.items()}, pieces, states)


def close_cost(states: torch.Tensor, batch: Batch, told: Told, large: Heads, heads: Heads) -> torch.Tensor:
    """How far each piece is from what the large network makes of it, and its evidence from the large one's; where the text was disturbed
    the pieces are others and nothing is asked."""
    wanted, known = torch.zeros_like(states), torch.zeros(batch.attend.shape)
    for place, row in enumerate(batch.rows):
        n = len(told.pieces[row])
        if batch.ids[place, :n].tolist() == told.pieces[row] and int(batch.attend[place].sum()) == n:
            wanted[place, :n] = torch.from_numpy(told.states[row].astype(np.float32))
            known[place, :n] = 1
    count = known.sum().clamp_min(1)
    away = ((states - wanted) ** 2).mean(-1) / wanted.var(-1).clamp_min(1e-6)
    with torch.no_grad():
        shown = torch.sigmoid(large.evidence(wanted))
    evidence = F.binary_cross_entropy_with_logits(heads.evidence(states), shown, reduction="none").mean(-1)
    return (CLOSE * (away * known).sum() + 6 * (evidence * known).sum()) / count


def soft_cost(out: dict[str, torch.Tensor], told: Told, rows: list[int]) -> torch.Tensor:
    """How far the answers are from the large network's: cross entropy of the softened classes, of the flags and of the themes."""
    total = torch.zeros(())
    for name, share in SOFT.items():
        wanted = (told.of(name, rows) / WARMTH).softmax(-1)
        total = total - share * (wanted * (out[name] / WARMTH).log_softmax(-1)).sum(-1).mean()
    for name in (*FLAGS, "themes"):
        wanted = torch.sigmoid(told.of(name, rows))
        share = 4.0 if name == "themes" else 0.3
        total = total + share * F.binary_cross_entropy_with_logits(out[name], wanted)
    return total


def fit(
    encoder: Encoder, heads: Heads, examples: list[Example], beside: list[Example], told: tuple[Told, Told], large: Heads,
    tokenizer: Tokenizer, plan: Plan, after: Callable[[int], None],
) -> None:  # fmt: skip
    """As ``learn.fit``, with the large network's answers beside the labels; ``told``: of the examples, of ``beside``; ``large``: its heads.
    ``after`` is called when a pass is done, with the weights that would be kept in their place."""
    seed = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    encoder.word.weight.requires_grad_(plan.words > 0)  # most of what a small network can hold stands there
    each = min(plan.beside, len(beside))
    whole, seen = plan.epochs * (len(examples) + each), 0
    optimiser = torch.optim.AdamW(groups(encoder, list(heads.parameters()), plan), weight_decay=0.01, fused=True)
    moved = [p for one in (encoder, heads) for p in one.parameters() if p.requires_grad]
    mean_of = Averaged(moved, plan.average)
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        chosen = seed.sample(range(len(beside)), each)
        lot = [replace(one, row=i) for i, one in enumerate([*examples, *(beside[i] for i in chosen)])]
        every = told[0] + told[1].chosen(chosen)
        for batch in batches(lot, tokenizer, plan.size, seed):
            encoder.train()
            heads.train()
            with quick():
                one = _step(encoder, heads, batch, every, large, plan)
            paced(optimiser, seen / whole)
            seen += len(batch.ids)
            optimiser.zero_grad()
            one.backward()
            nn.utils.clip_grad_norm_(moved, 1.0)
            optimiser.step()
            mean_of.step()
            total += float(one.detach()) * len(batch.ids)
        print(f"epoch {epoch + 1}: cost {total / len(lot):.4f}, {time.time() - began:.0f} s", flush=True)
        with mean_of:
            after(epoch)
    mean_of.settle()


def _step(encoder: Encoder, heads: Heads, batch: Batch, every: Told, large: Heads, plan: Plan) -> torch.Tensor:
    states = encoder(batch.ids, batch.attend).float()
    out = heads(states, batch.attend)
    hard = cost(heads, states, out, batch, plan)
    return hard + soft_cost(out, every, batch.rows) + close_cost(states, batch, every, large, heads)
