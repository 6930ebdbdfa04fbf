"""A network that goes on with other themes than the codebook's, all of it: what it can become for an organisation that labels its own."""

from __future__ import annotations

import random

import torch
from batches import padded
from examples import Example
from learn import Averaged, Plan, groups, paced
from network import Encoder, quick
from tokenizers import Tokenizer
from topics import Topics
from torch import nn

HIDDEN = 0.1  # share of pieces read as the unknown one, or three thousand comments are soon known by heart
UNKNOWN = 3


def moved(
    encoder: Encoder,
    topics: Topics,
    learned: list[Example],
    cut: Tokenizer,
    passes: int,
    rate: float,
    seed: int,
    size: int = 32,
) -> None:
    """The whole network goes on with the topics alone, ``topics`` being taught already: what it can be for an organisation's own themes."""
    order = random.Random(seed)
    taught_too = [*topics.parameters()]
    optimiser = torch.optim.AdamW(
        groups(encoder, taught_too, Plan(rate=rate, decay=0.9, words=0.3)), weight_decay=0.01, fused=True
    )
    weights = [p for p in encoder.parameters() if p.requires_grad] + taught_too
    mean_of, seen = Averaged(weights, 0.99), 0
    lots = [learned[at : at + size] for at in range(0, len(learned), size)]
    for _ in range(passes):
        order.shuffle(lots)
        encoder.train()
        for some in lots:
            ids, attend = padded([one.ids for one in cut.encode_batch([one.text for one in some])])
            hidden = torch.where((torch.rand(ids.shape) < HIDDEN) & (attend > 0), torch.full_like(ids, UNKNOWN), ids)
            with quick():
                states = encoder(hidden, attend).float()
            cost = 10 * nn.functional.binary_cross_entropy_with_logits(topics(states, attend), topics.told(some))
            paced(optimiser, seen / (passes * len(learned)))
            seen += len(some)
            optimiser.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            mean_of.step()
    mean_of.settle()
