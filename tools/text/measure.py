"""How well the network does on comments it has not seen."""

from __future__ import annotations

import random

import numpy as np
import torch
from batches import batches
from examples import Example
from network import CLASSES, FLAGS, Encoder, Heads, quick
from tokenizers import Tokenizer

from kapula.text import labels

HARD = {"litotes", "irony", "negation"}


@torch.no_grad()
def predict(encoder: Encoder, heads: Heads, examples: list[Example], tokenizer: Tokenizer) -> dict[str, np.ndarray]:
    """Logits of every field for every example, in the examples' order."""
    encoder.eval()
    heads.eval()
    found: dict[str, list] = {}
    for at in range(0, len(examples), 64):
        for batch in batches(examples[at : at + 64], tokenizer, 64, _Still(), disturb=False):
            with quick():
                states = encoder(batch.ids, batch.attend).float()
            out = heads(states, batch.attend)
            evidence = torch.sigmoid(out.pop("evidence")) * batch.attend[..., None]
            out["attitude"] = heads.attitudes(states, batch.attend, evidence)
            place = np.argsort(
                [len(one.ids) for one in tokenizer.encode_batch([e.text for e in examples[at : at + 64]])],
                kind="stable",
            )
            back = np.argsort(place)
            for name, value in out.items():
                found.setdefault(name, []).append(value.float().numpy()[back])
    return {name: np.concatenate(parts) for name, parts in found.items()}


class _Still(random.Random):
    """No chance at all: batches in order of length."""

    def random(self) -> float:
        return 0.0

    def shuffle(self, x) -> None:
        return None


def f1(told: np.ndarray, said: np.ndarray) -> float:
    right = (told & said).sum()
    return float(2 * right / max(1, told.sum() + said.sum()))


def report(examples: list[Example], out: dict[str, np.ndarray], threshold: float = 0.5) -> dict[str, float]:
    """The figures the bars are set in."""
    told = np.array([labels.SENTIMENTS.index(e.told["sentiment"]) for e in examples])
    said = out["sentiment"].argmax(1)
    two = out["sentiment"][:, :2].argmax(1)
    clear = told < 2
    hard = np.array([bool(HARD & set(e.kinds)) for e in examples])
    figures = {
        "posneg (of two)": float((two == told)[clear].mean()),
        "posneg hard (of two)": float((two == told)[clear & hard].mean()),
        "posneg (of four)": float((said == told)[clear].mean()),
        "posneg hard (of four)": float((said == told)[clear & hard].mean()),
        "four-class macro F1": float(np.mean([f1(told == k, said == k) for k in range(4)])),
    }
    themes = np.array([[code in e.themes for code in labels.THEMES] for e in examples])
    figures["themes micro F1"] = f1(themes, out["themes"] > np.log(threshold / (1 - threshold)))
    figures["themes best"] = max(f1(themes, out["themes"] > t) for t in np.linspace(-2, 2, 41))
    attitude = np.array(
        [[labels.SENTIMENTS.index(e.themes[c]) if e.themes.get(c) else -1 for c in labels.THEMES] for e in examples]
    )
    figures["theme sentiment"] = float((out["attitude"].argmax(-1) == attitude)[attitude >= 0].mean())
    for name in ("intensity", "emotion", "resolved", "empathy", "language"):
        kinds = CLASSES[name]
        figures[name] = float(np.mean(out[name].argmax(1) == [kinds.index(e.told[name]) for e in examples]))
    for name in FLAGS:
        flags = np.array([e.told[name] for e in examples])
        figures[f"{name} F1"] = f1(flags, out[name] > 0)
        best = [(np.sum(flags & (out[name] > t)) / max(1, flags.sum()), t) for t in np.linspace(-5, 5, 101)
                if np.sum(flags & (out[name] > t)) >= 0.6 * np.sum(out[name] > t)]  # fmt: skip
        figures[f"{name} recall at precision 0.6"] = float(max(best)[0]) if best else 0.0
    return figures
