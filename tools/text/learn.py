"""One pass of learning: what each field's mistake costs, and the steps that lessen it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from batches import NOTHING, Batch, batches
from examples import Example
from network import Encoder, Heads, mean, quick
from tokenizers import Tokenizer
from topics import Topics
from torch import nn
from torch.nn import functional as F

COST = {"sentiment": 2.0, "intensity": 0.3, "emotion": 0.5, "resolved": 0.5, "empathy": 0.3, "language": 0.2}


@dataclass
class Plan:
    epochs: int = 7
    size: int = 16
    rate: float = 2e-4
    heads_rate: float = 1e-3
    decay: float = 0.95  # a layer's rate is this share of the next one's
    smoothing: float = 0.05
    beside: int = 3000
    end: float = 0.0  # what the rate falls to, as a share of itself: above nothing when another run goes on from here
    meaning: float = 1.0  # what straying from e5's embedding costs
    words: float = 0.0  # what share of the lowest layer's rate moves the pieces' own vectors; few comments would move only their words
    average: float = 0.998  # the weights that are kept are a running mean of about the last 500 steps
    seed: int = 1


def cost(heads: Heads, states: torch.Tensor, out: dict[str, torch.Tensor], batch: Batch, plan: Plan) -> torch.Tensor:
    """``states``: the encoder's; ``out``: what the heads make of them."""
    total = torch.zeros(())
    for name, share in COST.items():
        told = batch.classes[name]
        if (told != NOTHING).any():
            each = F.cross_entropy(
                out[name], told, ignore_index=NOTHING, reduction="none", label_smoothing=plan.smoothing
            )
            total = total + share * (each * batch.weight).mean()
    if (batch.polarity != NOTHING).any():
        each = F.cross_entropy(out["sentiment"][:, :2], batch.polarity, ignore_index=NOTHING, reduction="none")
        total = total + (each * batch.weight).mean()
    flags = torch.stack([out[name] for name in heads.flags], 1)
    total = total + 2.5 * _binary(flags, batch.flags, batch.weight)
    total = total + 10 * _binary(out["themes"], batch.themes, batch.weight)
    total = total + 6 * _binary(out["evidence"], batch.evidence, batch.weight[:, None].expand(-1, batch.ids.shape[1]))
    if (batch.attitude != NOTHING).any():
        weights = torch.nan_to_num(batch.evidence)
        attitudes = heads.attitudes(states, batch.attend, weights)
        total = total + 0.5 * F.cross_entropy(
            attitudes.flatten(0, 1), batch.attitude.flatten(), ignore_index=NOTHING, label_smoothing=plan.smoothing
        )
    known = ~torch.isnan(batch.meaning[:, 0])
    if known.any():
        away = 1 - F.cosine_similarity(heads.meaning(mean(states, batch.attend)[known]), batch.meaning[known])
        total = total + plan.meaning * away.mean()
    return total


def _binary(logits: torch.Tensor, told: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    there = ~torch.isnan(told)
    if not there.any():
        return torch.zeros(())
    each = F.binary_cross_entropy_with_logits(logits, torch.nan_to_num(told), reduction="none")
    return (each * there * weight[..., None]).sum() / there.sum().clamp_min(1)


def fit(
    encoder: Encoder,
    heads: Heads,
    examples: list[Example],
    beside: list[Example],
    tokenizer: Tokenizer,
    plan: Plan,
    after: Callable[[int], None] | None = None,
    topics: Topics | None = None,
) -> None:
    """``epochs`` passes over the examples, the rate warming up and then falling in a line to nothing.

    ``beside``: other lines, of which each pass takes ``plan.beside``, different ones each time. ``topics``: learned beside the heads.
    """
    seed = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    encoder.word.weight.requires_grad_(plan.words > 0)
    each = min(plan.beside, len(beside))
    whole, seen = plan.epochs * (len(examples) + each), 0
    taught = [*heads.parameters(), *(topics.parameters() if topics else ())]
    optimiser = torch.optim.AdamW(groups(encoder, taught, plan), weight_decay=0.01, fused=True)
    moved = [p for p in encoder.parameters() if p.requires_grad] + taught
    mean_of = Averaged(moved, plan.average)
    for epoch in range(plan.epochs):
        encoder.train()
        heads.train()
        began, told = time.time(), 0.0
        lot = examples + seed.sample(beside, each)
        for batch in batches(lot, tokenizer, plan.size, seed):
            with quick():
                states = encoder(batch.ids, batch.attend).float()
                one = cost(heads, states, heads(states, batch.attend), batch, plan)
                if topics is not None:
                    one = one + 10 * _binary(topics(states, batch.attend), topics.told(batch.examples), batch.weight)
            paced(optimiser, seen / whole, plan.end)
            seen += len(batch.ids)
            optimiser.zero_grad()
            one.backward()
            nn.utils.clip_grad_norm_(moved, 1.0)
            optimiser.step()
            mean_of.step()
            told += float(one.detach()) * len(batch.ids)
        print(f"epoch {epoch + 1}: cost {told / len(lot):.4f}, {time.time() - began:.0f} s", flush=True)
        if after is not None:
            with mean_of:
                after(epoch)
    mean_of.settle()


class Averaged:
    """A running mean of the weights, put in their place inside ``with``: steadier than the last step's."""

    def __init__(self, weights: list[torch.Tensor], share: float) -> None:
        self.weights, self.share, self.steps = weights, share, 0
        self.means = [one.detach().clone() for one in weights]

    @torch.no_grad()
    def step(self) -> None:
        self.steps += 1
        share = min(self.share, self.steps / (self.steps + 10))
        torch._foreach_lerp_(self.means, [one.detach() for one in self.weights], 1 - share)

    def __enter__(self) -> None:
        self.kept = [one.detach().clone() for one in self.weights]
        self._put(self.means)

    def settle(self) -> None:
        self._put(self.means)

    def __exit__(self, *_: object) -> None:
        self._put(self.kept)

    @torch.no_grad()
    def _put(self, values: list[torch.Tensor]) -> None:
        for one, value in zip(self.weights, values, strict=True):
            one.copy_(value)


def paced(optimiser: torch.optim.Optimizer, done: float, end: float = 0.0) -> None:
    """Each group's rate: rising for the first twentieth of the way, then falling in a line to ``end`` of it."""
    for group in optimiser.param_groups:
        group["lr"] = group["most"] * min(1.0, done / 0.05) * (end + (1 - end) * max(0.0, 1 - done))


def groups(encoder: Encoder, taught: list[nn.Parameter], plan: Plan) -> list[dict]:
    """``taught``: the heads' weights."""
    depth = len(encoder.layers)
    groups = [{"params": taught, "lr": plan.heads_rate}]
    for index, layer in enumerate(encoder.layers):
        groups.append({"params": list(layer.parameters()), "lr": plan.rate * plan.decay ** (depth - 1 - index)})
    low = plan.rate * plan.decay**depth
    groups.append({"params": [*encoder.position.parameters(), *encoder.norm.parameters()], "lr": low})
    if plan.words:
        groups.append({"params": [*encoder.word.parameters()], "lr": plan.words * low})
    return [{**group, "most": group["lr"]} for group in groups]
