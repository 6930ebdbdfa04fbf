"""The time that is spared when questions go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kapula.analyses.prune.sift import Sifted


def seconds_each(kept: Sifted) -> dict[str, float]:
    """How long each question takes: as told, or the median answer's time divided evenly."""
    settings, rows = kept.settings, kept.rows
    if isinstance(settings.seconds, Mapping):
        return dict(settings.seconds)
    if rows.seconds is None or not np.isfinite(rows.seconds).any():
        return {}
    each = float(np.nanmedian(rows.seconds)) / (1 + len(settings.questions))
    return dict.fromkeys(settings.questions, each)


def saved(kept: Sifted, gone: tuple[str, ...]) -> dict[str, float | None]:
    known = seconds_each(kept)
    spared = [name for name in kept.settings.questions if name in (*gone, *kept.empty)]
    if not known or any(name not in known for name in spared):
        return {"seconds_saved": None, "minutes_saved": None}
    total = sum(known[name] for name in spared)
    return {"seconds_saved": total, "minutes_saved": total * kept.rows.n / 60}
