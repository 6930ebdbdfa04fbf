"""A network with narrower layers: the channels of each feed-forward part, and the heads of each attention, that say most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch
from batches import Batch
from network import Encoder, quick


@torch.no_grad()
def narrowed(encoder: Encoder, inner: int, heads: int, tried: Iterable[Batch]) -> Encoder:
    """A copy with ``inner`` channels in every feed-forward part and ``heads`` in every attention: those with the largest
    Σ|channel| · ‖what it is multiplied by‖ over the pieces of ``tried``, a head's channels together. It has lost something, and must
    learn again."""
    told, shape = encoder.state_dict(), encoder.shape
    for index, (seen, bent) in enumerate(_said(encoder, tried)):
        name = f"layers.{index}"
        worth = (seen * told[f"{name}.out.weight"].norm(dim=0)).view(shape.heads, shape.head).sum(1)
        kept = (_most(worth, heads)[:, None] * shape.head + torch.arange(shape.head)).flatten()
        each = torch.cat([part * shape.heads * shape.head + kept for part in range(3)])  # queries, keys and values
        _chosen(told, f"{name}.qkv", f"{name}.out", each, kept)
        kept = _most(bent * told[f"{name}.back.weight"].norm(dim=0), inner)
        _chosen(told, f"{name}.wide", f"{name}.back", kept, kept)
    made = Encoder(replace(shape, inner=inner, heads=heads))
    made.load_state_dict(told)
    return made


def _most(worth: torch.Tensor, count: int) -> torch.Tensor:
    return worth.topk(count).indices.sort().values


def _chosen(told: dict[str, torch.Tensor], into: str, out: str, rows: torch.Tensor, columns: torch.Tensor) -> None:
    """Of a part its channels: the rows that make them and the columns that take them."""
    for kind in ("weight", "bias"):
        told[f"{into}.{kind}"] = told[f"{into}.{kind}"][rows]
    told[f"{out}.weight"] = told[f"{out}.weight"][:, columns]


def _said(encoder: Encoder, tried: Iterable[Batch]) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Of each layer the sum of each channel's size, in attention and in the feed-forward part."""
    parts = [part for layer in encoder.layers for part in (layer.out, layer.back)]
    sums = [torch.zeros(part.in_features) for part in parts]
    now: list[torch.Tensor] = []

    def listen(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        now.append(inputs[0].float().abs())

    hooks = [part.register_forward_pre_hook(listen) for part in parts]
    encoder.eval()
    for batch in tried:
        now.clear()
        with quick():
            encoder(batch.ids, batch.attend)
        for total, said in zip(sums, now, strict=True):
            total += said[batch.attend > 0].sum(0)
    for hook in hooks:
        hook.remove()
    return list(zip(sums[::2], sums[1::2], strict=True))
