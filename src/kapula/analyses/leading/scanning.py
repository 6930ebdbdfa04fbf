"""Scans of every group, one correction over them all, then the validation of each."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.contract import Progress
from kapula.analyses.leading.atbest import validated
from kapula.analyses.leading.correction import q_values
from kapula.analyses.leading.findings import STEPS, Part, scanned
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.tell import leads
from kapula.analyses.leading.watchlist import Watch

Floats = NDArray[np.float64]


def found_in(parts: list[Part], asked: Request, progress: Progress) -> tuple[list[Lead], list[Watch], int]:
    """Scans of every group, one correction over them all, then the validation of each."""
    total = max(1, STEPS * sum(len(part.groups) for part in parts))
    done = 0
    for part in parts:
        for group in part.groups:
            progress(done, total)
            part.scanned.append(scanned(group, asked))
            done += 2
    every = [(part, one) for part in parts for one in part.scanned]
    start = asked.lags[0]
    forward = _corrected([one.forward.p[:, start:] for _, one in every], asked)
    backward = _corrected([one.backward.p for _, one in every], asked)
    rows: list[Lead] = []
    watch: list[Watch] = []
    for (part, one), q, back in zip(every, forward, backward, strict=True):
        lag = one.forward.p[:, start:].argmin(axis=1) + start
        checked = validated(one, lag, asked, partial(_onwards, progress, done, total))
        found, seen = leads(part, one, checked, q, back, asked)
        rows, watch, done = rows + found, watch + seen, done + STEPS - 2
    progress(total, total)
    return rows, watch, sum(q.size for q in forward)


def _onwards(progress: Progress, done: int, total: int, step: int, steps: int) -> None:
    progress(done + step, total)


def _corrected(ps: list[Floats], asked: Request) -> list[Floats]:
    if not ps:
        return []
    flat = q_values(np.concatenate([p.ravel() for p in ps]), dependent=asked.dependent)
    ends = np.cumsum([p.size for p in ps])[:-1]
    return [part.reshape(p.shape) for part, p in zip(np.split(flat, ends), ps, strict=True)]
