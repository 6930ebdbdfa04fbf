"""From dated comments and what each speaks of, to alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.errors import ParameterError
from kapula.text.topics.emerging.calibrate import FEW, LARGEST, Limit, limit
from kapula.text.topics.emerging.evidence import Judged, onsets
from kapula.text.topics.emerging.results import EmergingAlert, EmergingResult
from kapula.text.topics.emerging.settings import RHYTHMS, Rhythm
from kapula.trends.periods import is_full, label_of, period_start, sequence

Floats = NDArray[np.float64]
VERDICTS: Final = {
    "not_enough": "Too few periods to know what is usual.",
    "emerging": "A topic is spoken of more than before.",
    "quiet": "No topic is surely spoken of more than before.",
}


def emerging(
    times: Sequence[date | datetime],
    topics: Sequence[Iterable[str]],
    *,
    watched: Sequence[str] | None = None,
    period: str = "week",
    rate: float = 1.0,
    as_of: date | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> EmergingResult:
    """Which topics are spoken of more than before, with at most ``rate`` false alarms a year over all topics together.

    ``times``: the day of each comment; ``topics``: the codes each speaks of (a discovered theme's id, a codebook's code), none for a
    comment of nothing watched: it still counts in the volume. ``watched``: the codes to watch (default: all that occur). ``period``:
    week or day. ``as_of``: today; the period it lies in is not over and is left out. Raises :class:`ParameterError`.
    """
    _check(period, rate, level)
    if len(times) != len(topics):
        raise ParameterError(
            f"There are {len(times)} days and {len(topics)} lists of topics.",
            hint="Give both for each comment.",
            parameter="topics",
            value=len(topics),
        )
    said = [set(one) for one in topics]
    names = tuple(watched) if watched is not None else tuple(sorted({code for one in said for code in one}))
    labels, counts, totals = _counted(times, said, names, period, as_of)
    return watch(counts, totals, names, labels, period=period, rate=rate, level=level, seed=seed)


def watch(
    counts: Any,
    totals: Any,
    names: Sequence[str],
    labels: Sequence[str],
    *,
    period: str = "week",
    rate: float = 1.0,
    level: float = 0.95,
    seed: int = 1,
) -> EmergingResult:
    """As :func:`emerging`, from counts (periods, topics) and all comments of each period (periods,), in order without gaps."""
    _check(period, rate, level)
    rhythm = RHYTHMS[period]
    table, volume = np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if table.shape != (len(labels), len(names)) or volume.shape != (len(labels),):
        raise ParameterError(
            "Counts have a row for each period and a column for each topic.",
            hint=f"There are {len(labels)} periods and {len(names)} topics.",
            parameter="counts",
            value=list(table.shape),
        )
    told: dict[str, Any] = {
        "n": int(volume.sum()),
        "topics": tuple(names),
        "periods": tuple(labels),
        "rate": rate,
    }
    method = {
        "method": "binomial_given_sum",
        "period": period,
        "windows": list(rhythm.windows),
        "baseline": rhythm.baseline,
        "seed": seed,
    }
    if len(labels) <= rhythm.first + rhythm.windows[0] or not names or not table.sum():
        return EmergingResult("not_enough", needed_n=rhythm.first + 2, alerts=(), limit=None, method=method, **told)
    weekday = _weekdays(labels) if period == "day" else None
    found = limit(table, volume, weekday, rhythm, rate, seed)
    judged = Judged(table[None], volume, weekday, rhythm)
    alerts = _alerts(judged, found, volume, names, labels, level)
    return EmergingResult(
        "emerging" if any(alert.current for alert in alerts) else "quiet",
        needed_n=None,
        alerts=alerts,
        limit=found.p,
        method={**method, "worlds": found.worlds, "simulated_rate": found.rate, "met": found.met, "level": level},
        warnings=("calibration_rough",) if found.met < FEW and found.p < LARGEST else (),
        **told,
    )


def _check(period: str, rate: float, level: float) -> None:
    for name, fine, value, hint in (
        ("period", period in RHYTHMS, period, f"Use one of: {', '.join(RHYTHMS)}."),
        ("rate", 0.01 <= rate <= 50, rate, "Give from 0.01 to 50 false alarms a year."),
        ("level", 0.5 <= level < 1, level, "Give one from 0.5 to under 1."),
    ):
        if not fine:
            raise ParameterError(f"The {name} {value!r} cannot be used.", hint=hint, parameter=name, value=value)


def _counted(
    times: Sequence[date | datetime], said: list[set[str]], names: Sequence[str], period: str, as_of: date | None
) -> tuple[tuple[str, ...], Floats, Floats]:
    at = [label_of(day.date() if isinstance(day, datetime) else day, period) for day in times]
    seen = [label for label in sorted(set(at)) if as_of is None or is_full(label, period, as_of)]
    if not seen:
        return (), np.zeros((0, len(names))), np.zeros(0)
    labels = sequence(seen[0], seen[-1], period)
    place = {label: index for index, label in enumerate(labels)}
    column = {name: index for index, name in enumerate(names)}
    counts, totals = np.zeros((len(labels), len(names))), np.zeros(len(labels))
    for label, codes in zip(at, said, strict=True):
        if label in place:
            totals[place[label]] += 1
            for code in codes:
                if code in column:
                    counts[place[label], column[code]] += 1
    return labels, counts, totals


def _weekdays(labels: Sequence[str]) -> NDArray[np.int64]:
    return np.array([period_start(label, "day").weekday() for label in labels], dtype=np.int64)


def _alerts(
    judged: Judged, found: Limit, volume: Floats, names: Sequence[str], labels: Sequence[str], level: float
) -> tuple[EmergingAlert, ...]:
    rhythm = judged.rhythm
    alarms = judged.p <= found.p
    begun = onsets(alarms, rhythm.guard)[0]
    last = alarms.shape[1] - 1
    alerts = []
    for place, topic in sorted(
        zip(*np.nonzero(begun), strict=True), key=lambda one: (-int(one[0]), names[int(one[1])])
    ):
        later = np.nonzero(begun[place + 1 :, topic])[0]
        until = place + 1 + later[0] if len(later) else last + 1
        still = bool(alarms[0, max(place, last - rhythm.windows[0] + 1) : until, topic].any()) and until == last + 1
        alerts.append(_alert(judged, rhythm, int(place), int(topic), volume, names, labels, level, still))
    return tuple(alerts)


def _alert(
    judged: Judged,
    rhythm: Rhythm,
    place: int,
    topic: int,
    volume: Floats,
    names: Sequence[str],
    labels: Sequence[str],
    level: float,
    still: bool,
) -> EmergingAlert:
    window, at = int(judged.window[0, place, topic]), int(judged.at[place])
    counts, now, dispersion = judged.recent(window)
    x, scale = float(counts[0, place, topic]), float(dispersion[0, place, topic])
    y = float(judged.before[0, place, topic])
    usual, against = (float(np.broadcast_to(one, counts.shape)[0, place, topic]) for one in (now, judged.against))
    low, high = _ratio_bounds(x / scale, y / scale, against / usual, level)
    total = float(volume[at + 1 - window : at + 1].sum())
    before = y / against
    return EmergingAlert(
        topic=names[topic],
        period=labels[at],
        window=window,
        count=int(x),
        total=int(total),
        expected=before * usual,
        share=x / total,
        share_before=before,
        ratio=x / (before * usual) if before else None,
        low=low,
        high=high if before else None,
        p=float(judged.p[0, place, topic]),
        current=still,
    )


def _ratio_bounds(x: float, y: float, times: float, level: float) -> tuple[float, float | None]:
    """Of the ratio of two rates from their counts: Clopper and Pearson's bounds of x among x + y, as odds times the exposures' ratio."""
    tail = (1 - level) / 2
    low = float(special.betaincinv(x, y + 1, tail))
    high = float(special.betaincinv(x + 1, y, 1 - tail)) if y > 0 else 1.0
    return low / (1 - low) * times, (high / (1 - high) * times if high < 1 else None)
