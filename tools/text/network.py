"""The network: e5-small's layers as they are, and a head for every field of a comment."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from teacher import Teacher
from torch import nn
from torch.nn import functional as F

from kapula.text import labels

CLASSES = {
    "sentiment": labels.SENTIMENTS,
    "intensity": labels.INTENSITIES,
    "emotion": labels.EMOTIONS,
    "resolved": (True, False, None),
    "empathy": labels.EMPATHY,
    "language": labels.LANGUAGES,
}
SPEAKS_OF = tuple(f"of_{name}" for name in labels.DIMENSIONS)  # one dimension has an emotion's name
FLAGS = ("churn_risk", "urgent", "suggestion", *SPEAKS_OF)
CODES = len(labels.THEMES)


@dataclass(frozen=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float
    head: int = 32  # channels of each of ``heads``


def quick() -> torch.autocast:
    """Sixteen bits where the processor multiplies in them; elsewhere they would be twenty times slower than thirty-two."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


class Drop(nn.Module):
    """Leaves out a share of a comment's channels, the same for all its pieces: a twentieth of what a chance for each costs."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return x
        kept = torch.empty(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]).bernoulli_(1 - self.share)
        return x * (kept / (1 - self.share))


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each added to what came in and normalised after."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.head = shape.heads, shape.head
        self.qkv = nn.Linear(shape.hidden, 3 * shape.heads * shape.head)
        self.out = nn.Linear(shape.heads * shape.head, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.wide = nn.Linear(shape.hidden, shape.inner)
        self.back = nn.Linear(shape.inner, shape.hidden)
        self.last = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.drop = Drop(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, self.head).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(self.head) + mask
        seen = (scores.softmax(-1) @ v).transpose(1, 2).reshape(rows, length, self.heads * self.head)
        x = self.norm(x + self.drop(self.out(seen)))
        return self.last(x + self.drop(self.back(F.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """Pieces → one vector a piece."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.position = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.drop = Drop(0.1)

    def forward(self, ids: torch.Tensor, attend: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.word(ids) + self.position.weight[: ids.shape[1]])
        x = self.drop(x)
        mask = ((1 - attend) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


def mean(states: torch.Tensor, attend: torch.Tensor) -> torch.Tensor:
    return (states * attend[..., None]).sum(1) / attend.sum(1, keepdim=True)


class Heads(nn.Module):
    """Every field from the mean and from what each question looks at.

    A field's vector is an attention over the pieces with a query of its own, beside the mean: a flag may hang on two words of sixty.
    Themes are read piece by piece (the evidence) and as a whole; a theme's attitude from the pieces that show it. ``meaning`` is held to
    what e5 itself makes of the text, so that search and new themes do not lose what these labels do not need.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.fields = (*CLASSES, *FLAGS)
        self.look = nn.Linear(hidden, len(self.fields) + CODES)
        self.classes = nn.ModuleDict({name: nn.Linear(2 * hidden, len(kinds)) for name, kinds in CLASSES.items()})
        self.flags = nn.ModuleDict({name: nn.Linear(2 * hidden, 1) for name in FLAGS})
        self.themes = nn.Parameter(torch.randn(CODES, 2 * hidden) * 0.02)
        self.theme_bias = nn.Parameter(torch.full((CODES,), -2.0))
        self.evidence = nn.Linear(hidden, CODES)
        self.attitude = nn.Linear(2 * hidden, len(labels.SENTIMENTS))
        self.meaning = nn.Linear(hidden, hidden)
        self.drop = Drop(0.1)

    def forward(self, states: torch.Tensor, attend: torch.Tensor) -> dict[str, torch.Tensor]:
        whole = mean(states, attend)
        looks = (self.look(states) + ((1 - attend) * -1e4)[..., None]).softmax(1)
        seen = torch.einsum("btf,bth->bfh", looks, states)
        both = self.drop(torch.cat([whole[:, None].expand(-1, seen.shape[1], -1), seen], -1))
        out = {}
        for index, name in enumerate(self.fields):
            head = self.classes[name] if name in CLASSES else self.flags[name]
            out[name] = head(both[:, index]).squeeze(-1) if name in FLAGS else head(both[:, index])
        out["themes"] = (both[:, len(self.fields) :] * self.themes).sum(-1) + self.theme_bias
        out["evidence"] = self.evidence(states)
        return out

    def attitudes(self, states: torch.Tensor, attend: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """``weights``: (rows, pieces, themes), how much each piece shows each theme → (rows, themes, sentiments)."""
        whole = mean(states, attend)
        shares = weights / weights.sum(1, keepdim=True).clamp_min(1e-6)
        seen = torch.einsum("btc,bth->bch", shares, states)
        return self.attitude(self.drop(torch.cat([whole[:, None].expand(-1, CODES, -1), seen], -1)))


def encoder(teacher: Teacher, keep: np.ndarray, layers: tuple[int, ...] | None = None) -> Encoder:
    """The teacher's own weights with the pieces ``keep``; only the layers named, when they are."""
    chosen = layers if layers is not None else tuple(range(teacher.layers))
    shape = Shape(
        teacher.hidden, len(chosen), teacher.heads, teacher.inner, len(keep), teacher.positions, teacher.epsilon
    )
    made, told = Encoder(shape), teacher.matrices
    h, f = teacher.hidden, teacher.inner

    def put(where: torch.Tensor, *names: str) -> None:
        values = np.concatenate([told[name] for name in names])
        where.data.copy_(torch.from_numpy(values.reshape(where.shape)))

    word = told["emb.word"].reshape(-1, h)[keep]
    made.word.weight.data.copy_(torch.from_numpy(word))
    types = told["emb.type"].reshape(-1, h)[0]
    made.position.weight.data.copy_(torch.from_numpy(told["emb.pos"].reshape(-1, h) + types))
    put(made.norm.weight, "emb.ln.w")
    put(made.norm.bias, "emb.ln.b")
    for layer, index in zip(made.layers, chosen, strict=True):
        for part, names in (
            (layer.qkv, ("q", "k", "v")), (layer.out, ("ao",)), (layer.norm, ("aln",)),
            (layer.wide, ("fi",)), (layer.back, ("fo",)), (layer.last, ("oln",)),
        ):  # fmt: skip
            put(part.weight, *(f"l{index}.{name}.w" for name in names))
            put(part.bias, *(f"l{index}.{name}.b" for name in names))
    assert f == made.layers[0].wide.out_features
    return made
