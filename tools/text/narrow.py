"""A network with narrower layers: of each feed-forward part the channels that say most on real comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import torch
from batches import Batch
from network import Encoder, Shape, quick


@torch.no_grad()
def narrowed(encoder: Encoder, inner: int, tried: Iterable[Batch]) -> Encoder:
    """A copy with ``inner`` channels in every feed-forward part: those with the largest Σ|channel| · ‖what it is multiplied by‖ over the
    pieces of ``tried``. It has lost something, and must learn again."""
    told = encoder.state_dict()
    for index, said in enumerate(_said(encoder, tried)):
        name = f"layers.{index}"
        worth = said * told[f"{name}.back.weight"].norm(dim=0)
        kept = worth.topk(inner).indices.sort().values
        for part in ("wide.weight", "wide.bias"):
            told[f"{name}.{part}"] = told[f"{name}.{part}"][kept]
        told[f"{name}.back.weight"] = told[f"{name}.back.weight"][:, kept]
    made = Encoder(Shape(**{**asdict(encoder.shape), "inner": inner}))
    made.load_state_dict(told)
    return made


def _said(encoder: Encoder, tried: Iterable[Batch]) -> list[torch.Tensor]:
    """Of each layer the sum of each channel's size."""
    sums = [torch.zeros(encoder.shape.inner) for _ in encoder.layers]
    now: list[torch.Tensor] = []

    def listen(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        now.append(inputs[0].float().abs())

    hooks = [layer.back.register_forward_pre_hook(listen) for layer in encoder.layers]
    encoder.eval()
    for batch in tried:
        now.clear()
        with quick():
            encoder(batch.ids, batch.attend)
        for total, said in zip(sums, now, strict=True):
            total += said[batch.attend > 0].sum(0)
    for hook in hooks:
        hook.remove()
    return sums
