"""Data too large to hold: its sums are computed where it is, and its resamples from a thousand random blocks streamed once.

The covariance is one query, of products of values from which their means (an earlier query) are taken, so that nothing is lost to
cancellation. For resamples the rows stream through in the engine's order, each falls in one of 1,000 blocks by a seeded draw
(a cluster's rows all in one, by the cluster's hash), and the blocks are what is drawn with replacement.
"""

from __future__ import annotations

from typing import Any

from kapula.analyses.drivers.engine_blocks import blocks_of
from kapula.analyses.drivers.engine_passes import WEIGHT, first_pass, second_pass
from kapula.analyses.drivers.moments import Standard, usable
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.sample import Sample
from kapula.tables import fetch


def summed(table: Any, names: tuple[str, ...], asked: Question, height: int) -> Sample:
    """``table``: checked, its columns float64 with blanks null."""
    if asked.weight:
        table = table.mutate(**{WEIGHT: table[asked.weight].cast("float64")})
    counted = _counted(table, names)
    complete = table.filter(*(table[name].notnull() for name in names))
    complete = complete.filter(complete[WEIGHT] > 0) if asked.weight else complete
    first = first_pass(complete, names)
    standard = Standard(first["mean"], usable(first["mean"], first["spread"]))
    total, values = second_pass(complete, names, standard, first)
    n = int(first["n"])
    return Sample(
        names=names, n=n, effective=first["weight"] ** 2 / first["squares"], units=_units(complete, asked.cluster, n),
        standard=standard, parts=lambda: blocks_of(complete, names, asked, standard), values=values,
        least=first["least"], most=first["most"],
        missing={name: 1 - counted[name] / height for name in names},
        set_aside={"blank": height - n} if height > n else {}, total=total,
    )  # fmt: skip


def _counted(table: Any, names: tuple[str, ...]) -> dict[str, int]:
    wanted = {f"n{place}": table[name].count() for place, name in enumerate(names)}
    row = fetch(table.aggregate(**wanted)).to_pylist()[0]
    return {name: int(row[f"n{place}"]) for place, name in enumerate(names)}


def _units(complete: Any, cluster: str | None, n: int) -> int:
    if cluster is None:
        return n
    column = complete[cluster]
    row = fetch(complete.aggregate(known=column.nunique(), blank=column.isnull().cast("int64").sum())).to_pylist()[0]
    return int(row["known"]) + int(row["blank"] or 0)
