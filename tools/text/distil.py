"""A smaller network that learns from the large one's answers as well as from people's labels."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from batches import Batch, batches
from examples import Example
from learn import Averaged, Plan, cost, groups, paced
from measure import predict
from network import CLASSES, FLAGS, Encoder, Heads, quick
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

WARMTH = 1.5
SOFT = {**dict.fromkeys(CLASSES, 0.5), "sentiment": 2.0}


@dataclass
class Told:
    """What the large network says of the examples: field → logits, in the examples' order."""

    logits: dict[str, torch.Tensor]

    def of(self, name: str, rows: list[int]) -> torch.Tensor:
        return self.logits[name][rows]


def answers(encoder: Encoder, heads: Heads, examples: list[Example], tokenizer: Tokenizer) -> Told:
    return Told({name: torch.from_numpy(value) for name, value in predict(encoder, heads, examples, tokenizer).items()})


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
    encoder: Encoder, heads: Heads, examples: list[Example], beside: list[Example], told: tuple[Told, Told],
    tokenizer: Tokenizer, plan: Plan, after: Callable[[int], None],
) -> None:  # fmt: skip
    """As ``learn.fit``, with the large network's answers beside the labels; ``told``: of the examples, of ``beside``.
    ``after`` is called when a pass is done, with the weights that would be kept in their place."""
    seed = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    encoder.word.weight.requires_grad_(False)
    each = min(plan.beside, len(beside))
    whole, seen = plan.epochs * (len(examples) + each), 0
    optimiser = torch.optim.AdamW(groups(encoder, list(heads.parameters()), plan), weight_decay=0.01, fused=True)
    names = list(told[0].logits)
    mean_of = Averaged([p for one in (encoder, heads) for p in one.parameters() if p.requires_grad], plan.average)
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        chosen = seed.sample(range(len(beside)), each)
        lot = [replace(one, row=i) for i, one in enumerate([*examples, *(beside[i] for i in chosen)])]
        every = Told({name: torch.cat([told[0].logits[name], told[1].logits[name][chosen]]) for name in names})
        for batch in batches(lot, tokenizer, plan.size, seed):
            encoder.train()
            heads.train()
            with quick():
                one = _step(encoder, heads, batch, every, plan)
            paced(optimiser, seen / whole)
            seen += len(batch.ids)
            optimiser.zero_grad()
            one.backward()
            nn.utils.clip_grad_norm_([p for p in encoder.parameters() if p.requires_grad] + [*heads.parameters()], 1.0)
            optimiser.step()
            mean_of.step()
            total += float(one.detach()) * len(batch.ids)
        print(f"epoch {epoch + 1}: cost {total / len(lot):.4f}, {time.time() - began:.0f} s", flush=True)
        with mean_of:
            after(epoch)
    mean_of.settle()


def _step(encoder: Encoder, heads: Heads, batch: Batch, every: Told, plan: Plan) -> torch.Tensor:
    states = encoder(batch.ids, batch.attend).float()
    out = heads(states, batch.attend)
    hard = cost(heads, states, out, batch, plan)
    return hard + soft_cost(out, every, batch.rows)
