"""The last step: both networks in eight bits into ``src/kapula/text/models``, with settings and figures from unseen comments."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import calibrate
import make
import numpy as np
from examples import comments
from export import FIELDS, export
from measure import predict, report
from teacher import path, read

HOME = Path(__file__).resolve().parents[2] / "src" / "kapula" / "text" / "models"


def shipped(args: argparse.Namespace) -> None:
    teacher = read(path())
    _, cut = make.pieces(teacher, args.careful)
    (HOME / "pieces.json").write_text(cut.to_str() + "\n", encoding="utf-8")
    cut.enable_truncation(256)
    held = [one for one in comments() if one.group.startswith(make.TEST)]
    _, films = make.lines(args.data)
    figures = {}
    for tier, work in (("careful", args.careful), ("fast", args.fast)):
        made, heads = make.restored(work)
        out = predict(made, heads, held, cut)
        told = calibrate.settings(held, out)
        figures[tier] = {
            "comments": measured(held, out, told),
            "film lines": film_figures(predict(made, heads, films, cut)["sentiment"], films),
        }
        export(made, heads, HOME / f"{tier}.onnx")
        version = hashlib.sha256((HOME / f"{tier}.onnx").read_bytes() + json.dumps(told).encode()).hexdigest()[:8]
        written = {"version": version, "fields": FIELDS, **told}
        (HOME / f"{tier}.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    (HOME / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def measured(held: list, out: dict[str, np.ndarray], told: dict) -> dict[str, dict[str, float]]:
    """The figures by language."""
    found = {}
    for language in ("fi", "sv", "en"):
        rows = np.array([one.told["language"] == language for one in held])
        some = [one for one in held if one.told["language"] == language]
        if len(some) < 20:
            continue
        part = {name: value[rows] for name, value in out.items()}
        figures = report(some, part, told["thresholds"]["waiting_time"])
        figures["calibration error"] = calibrate.error(some, part)
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
