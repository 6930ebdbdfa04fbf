"""The figures as the result lists them: each driver's share, the ranks, and the pairs of drivers compared."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kapula.analyses.drivers.intervals import Ranges
from kapula.analyses.drivers.model import Explained
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.rank import Pair, Rank
from kapula.analyses.drivers.sample import Sample
from kapula.analyses.drivers.share import DriverShare, Performance


def shares_of(
    point: Explained, wide: Ranges | None, sample: Sample, asked: Question, map_: Mapping[str, Performance]
) -> tuple[DriverShare, ...]:
    r2, found, column = float(point.r2[0]), [], 0
    for place, player in enumerate(asked.players):
        share = float(point.shares[place, 0])
        own = [sample.missing[name] for name in player.columns]
        single = (
            float(point.alone[column, 0])
            if len(player.columns) == 1 and len(point.alone) == len(asked.columns) - len(asked.always)
            else None
        )
        column += len(player.columns)
        found.append(
            DriverShare(
                player.name,
                player.columns,
                share,
                _at(wide, "low", place),
                _at(wide, "high", place),
                share / r2 if r2 > 0 else None,
                _at(wide, "part_low", place),
                _at(wide, "part_high", place),
                float(point.first[place, 0]),
                float(point.last[place, 0]),
                single,
                max(own),
                map_.get(player.name),
            )
        )
    return tuple(found)


def _at(wide: Ranges | None, name: str, place: int) -> float | None:
    return None if wide is None else float(getattr(wide, name)[place])


def ranks_of(point: Explained, wide: Ranges | None, asked: Question) -> tuple[Rank, ...]:
    found = []
    for rank, place in enumerate(_order(point), start=1):
        low, high, first = (_at(wide, name, place) for name in ("rank_low", "rank_high", "firsts"))
        least, most = (None if end is None else int(end) for end in (low, high))
        found.append(Rank(asked.players[place].name, rank, least, most, first))
    return tuple(found)


def _order(point: Explained) -> list[int]:
    """Places by share, the largest first; equal ones as asked."""
    return [int(place) for place in np.argsort(-np.round(point.shares[:, 0], 12), kind="stable")]


def pairs_of(point: Explained, wide: Ranges | None, asked: Question) -> tuple[Pair, ...]:
    if wide is None:
        return ()
    order, shares = _order(point), point.shares[:, 0]
    return tuple(
        Pair(
            asked.players[first].name,
            asked.players[second].name,
            float(shares[first] - shares[second]),
            float(wide.difference_low[first, second]),
            float(wide.difference_high[first, second]),
            float(wide.above[first, second]),
            bool(wide.sure[first, second]),
        )
        for place, first in enumerate(order)
        for second in order[place + 1 :]
    )
