"""The last step: both networks in eight bits into ``src/kapula/text/models``, with settings and figures from unseen comments."""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path

import calibrate
import make
import numpy as np
from batches import batches
from eight import Feeds
from examples import Example, comments
from export import FIELDS, export
from measure import report
from network import FLAGS
from teacher import path, read
from tokenizers import Tokenizer

from kapula.text import prepare
from kapula.text.models.network import load

TRIED = 30
SHARE = {"careful": 0.3, "fast": 0.4}  # of what groups of letters and words say; 0.3 to 0.5 do alike
FIRST = {f"k{number:02d}" for number in range(1, 7)}  # batches of the test set whose author no network knows
LATER = {f"k{number}" for number in range(15, 21)}  # Swedish and English ones, of which the first were few
HOME = Path(__file__).resolve().parents[2] / "src" / "kapula" / "text" / "models"


def shipped(args: argparse.Namespace) -> None:
    """Write both networks and the pieces, then ``settled``."""
    _, cut = make.pieces(read(path()), args.careful)
    (HOME / "pieces.json").write_text(cut.to_str() + "\n", encoding="utf-8")
    for tier, work in (("careful", args.careful), ("fast", args.fast)):
        export(*make.restored(work), tried(cut), HOME / f"{tier}.onnx")
    settled(args)


def tried(cut: Tokenizer) -> Iterator[Feeds]:
    """One comment in TRIED, in batches of like length, as the networks' inputs."""
    some = [one for one in comments() if not one.group.startswith(make.TEST)][::TRIED]
    for batch in batches(some, cut, 16, random.Random(0), disturb=False):
        yield {"ids": batch.ids.numpy(), "attend": batch.attend.numpy()}


def settled(args: argparse.Namespace) -> None:
    """Temperature, thresholds and figures of the networks as they ship: eight bits move the numbers a little."""
    held = [one for one in comments() if one.group.startswith(make.TEST)]
    _, films = make.lines(args.data)
    figures = {}
    for tier in ("careful", "fast"):
        _write(
            tier, {"temperature": 1.0, "abstain": 0.5, "thresholds": {}}
        )  # or it would answer with the shares it had
        out = answers(tier, [one.text for one in held])
        told = calibrate.settings(held, out)
        _write(tier, told)
        aside = [one for one in comments() if one.group in make.HELD.split(",")]
        unseen = answers(tier, [one.text for one in aside])
        films_told = answers(tier, [one.text for one in films])["sentiment"]
        figures[tier] = {
            **{name: measured(*_only(rows, held, out), told) for name, rows in _sets(held).items()},
            **{
                f"aside, {name}": measured(*_only(rows, aside, unseen), told, told["temperature"])
                for name, rows in _aside(aside)
            },
            "film lines": film_figures(films_told, films),
        }
    (HOME / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def _sets(held: list[Example]) -> dict[str, np.ndarray]:
    """The comments kept aside, all and in three: another author's, longer ones by authors whose other comments are learned from, and the
    later Swedish and English ones."""
    first, later = (np.array([one.group in some for one in held]) for some in (FIRST, LATER))
    return {"comments": first | True, "another author": first, "longer": ~first & ~later, "later": later}


def _aside(aside: list[Example]) -> Iterator[tuple[str, np.ndarray]]:
    for name, batch in make.ASIDE.items():
        yield name, np.array([one.group in batch for one in aside])


def _only(
    rows: np.ndarray, held: list[Example], out: dict[str, np.ndarray]
) -> tuple[list[Example], dict[str, np.ndarray]]:
    return [one for one, row in zip(held, rows, strict=True) if row], {name: value[rows] for name, value in out.items()}


def answers(tier: str, texts: list[str]) -> dict[str, np.ndarray]:
    """What the shipped network says of each text: field → logits."""
    found = load(tier).read([prepare.readable(text) for text in texts])
    out = {name: np.stack([one.logits[name] for one in found]) for name in found[0].logits}
    out = {name: value[:, 0] if name in FLAGS else value for name, value in out.items()}
    return out | {
        "themes": np.stack([one.themes for one in found]),
        "attitude": np.stack([one.attitude for one in found]),
    }


def _write(tier: str, told: dict) -> None:
    told = {**told, "share": SHARE[tier]}
    weights = (HOME / f"{tier}.onnx").read_bytes() + (HOME / "grams.npz").read_bytes()
    version = hashlib.sha256(weights + json.dumps(told).encode()).hexdigest()[:8]
    written = {"version": version, "fields": FIELDS, **told}
    (HOME / f"{tier}.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def measured(
    held: list[Example], out: dict[str, np.ndarray], told: dict, temperature: float | None = None
) -> dict[str, dict[str, float]]:
    """The figures by language. ``temperature``: where it was not chosen on these comments."""
    found = {}
    for language in ("fi", "sv", "en"):
        rows = np.array([one.told["language"] == language for one in held])
        some = [one for one in held if one.told["language"] == language]
        if len(some) < 20:
            continue
        part = {name: value[rows] for name, value in out.items()}
        figures = report(some, part, told["thresholds"]["waiting_time"])
        figures["calibration error"] = calibrate.error(some, part, temperature)
        figures |= calibrate.urgent(some, part, told)
        figures |= calibrate.abstaining(some, part, told)
        found[language] = {name: round(value, 3) for name, value in figures.items()} | {"n": len(some)}
    return found


def film_figures(logits: np.ndarray, films: list) -> dict[str, float]:
    told = np.array([0 if one.told["polarity"] == "positive" else 1 for one in films])
    right = logits[:, :2].argmax(1) == told
    return {
        language: round(float(right[[one.told["language"] == language for one in films]].mean()), 3)
        for language in ("fi", "en")
    }
