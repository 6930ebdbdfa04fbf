"""Data too large to hold: its sums are computed where it is, and its resamples from a thousand random blocks streamed once.

The covariance is one query, of products of values from which their means (an earlier query) are taken, so that nothing is lost to
cancellation. For resamples the rows stream through in the engine's order, each falls in one of 1,000 blocks by a seeded draw
(a cluster's rows all in one, by the cluster's hash), and the blocks are what is drawn with replacement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import ibis
import numpy as np

from kapula.analyses.drivers.moments import Floats, Standard, packed, usable, width
from kapula.analyses.drivers.request import Question
from kapula.analyses.drivers.sample import BLOCKS, Sample
from kapula.tables import backend_of, fetch

CHUNK: Final = 250_000
UNIT: Final = "kapula_unit"
WEIGHT: Final = "kapula_weight"


def summed(table: Any, names: tuple[str, ...], asked: Question, height: int) -> Sample:
    """``table``: checked, its columns float64 with blanks null."""
    weight = table[asked.weight] if asked.weight else ibis.literal(1.0)
    table = table.mutate(**{WEIGHT: weight.cast("float64")})
    counted = _counted(table, names)
    complete = table.filter(*(table[name].notnull() for name in names), table[WEIGHT] > 0)
    first = _first_pass(complete, names)
    standard = Standard(first["mean"], usable(first["mean"], first["spread"]))
    total, values = _second_pass(complete, names, standard, first)
    n = int(first["n"])
    return Sample(
        names=names, n=n, effective=first["weight"] ** 2 / first["squares"], units=_units(complete, asked.cluster, n),
        standard=standard, parts=lambda: _blocks(complete, names, asked, standard), values=values,
        least=first["least"], most=first["most"],
        missing={name: 1 - counted[name] / height for name in names},
        set_aside={"blank": height - n} if height > n else {}, total=total,
    )  # fmt: skip


def _counted(table: Any, names: tuple[str, ...]) -> dict[str, int]:
    wanted = {f"n{place}": table[name].count() for place, name in enumerate(names)}
    row = fetch(table.aggregate(**wanted)).to_pylist()[0]
    return {name: int(row[f"n{place}"]) for place, name in enumerate(names)}


def _first_pass(complete: Any, names: tuple[str, ...]) -> dict[str, Any]:
    weight = complete[WEIGHT]
    wanted = {f"m{place}": (weight * complete[name]).sum() for place, name in enumerate(names)}
    wanted |= {f"d{place}": complete[name].std(how="pop") for place, name in enumerate(names)}
    wanted |= {f"l{place}": complete[name].min() for place, name in enumerate(names)}
    wanted |= {f"h{place}": complete[name].max() for place, name in enumerate(names)}
    wanted |= {"n": complete.count(), "weight": weight.sum(), "squares": (weight * weight).sum()}
    row = fetch(complete.aggregate(**wanted)).to_pylist()[0]
    total = row["weight"] or 1.0
    told = {
        name: np.array([row[f"{letter}{place}"] or 0.0 for place in range(len(names))])
        for name, letter in (("mean", "m"), ("spread", "d"), ("least", "l"), ("most", "h"))
    }
    told["mean"] = told["mean"] / total
    return told | {"n": row["n"], "weight": total, "squares": row["squares"] or 1.0}


def _second_pass(
    complete: Any, names: tuple[str, ...], standard: Standard, first: dict[str, Any]
) -> tuple[Floats, int]:
    """All sums of products in one query; and how many values the outcome has (3: more than two)."""
    columns = {
        f"x{place}": (complete[name] - float(standard.centre[place])) / float(standard.spread[place])
        for place, name in enumerate(names)
    }
    least, most = float(first["least"][-1]), float(first["most"][-1])
    ends = complete[names[-1]].isin([least, most])
    ready = complete.select(**columns, **{WEIGHT: complete[WEIGHT]}, end=ends.cast("int64"))
    weight = ready[WEIGHT]
    wanted = {"w": weight.sum(), "ends": ready["end"].sum()}
    for row in range(len(names)):
        weighted = ready[f"x{row}"] * weight
        wanted[f"s{row}"] = weighted.sum()
        wanted |= {f"s{row}_{column}": (weighted * ready[f"x{column}"]).sum() for column in range(row, len(names))}
    found = fetch(ready.aggregate(**wanted)).to_pylist()[0]
    square = np.zeros((len(names) + 1, len(names) + 1))
    square[0, 0] = found["w"] or 0.0
    for row in range(len(names)):
        square[0, row + 1] = found[f"s{row}"] or 0.0
        for column in range(row, len(names)):
            square[row + 1, column + 1] = found[f"s{row}_{column}"] or 0.0
    several = 1 if least == most else 2
    return packed(square), several if found["ends"] == first["n"] else 3


def _units(complete: Any, cluster: str | None, n: int) -> int:
    if cluster is None:
        return n
    column = complete[cluster]
    row = fetch(complete.aggregate(known=column.nunique(), blank=column.isnull().cast("int64").sum())).to_pylist()[0]
    return int(row["known"]) + int(row["blank"] or 0)


def _blocks(complete: Any, names: tuple[str, ...], asked: Question, standard: Standard) -> Iterator[Floats]:
    """One part: the sums of each block."""
    unit = complete[asked.cluster].hash() % BLOCKS if asked.cluster else ibis.null("int64")
    wanted = complete.select(*names, WEIGHT, **{UNIT: unit.cast("int64")})
    random = np.random.default_rng([asked.seed, 1])
    sums = np.zeros((BLOCKS, len(names) + 1, len(names) + 1))
    for batch in backend_of(wanted).to_pyarrow_batches(wanted, chunk_size=CHUNK):
        values = [batch.column(place).to_numpy(zero_copy_only=False) for place in range(len(names) + 1)]
        drawn = random.integers(0, BLOCKS, size=batch.num_rows)
        if asked.cluster:
            known = batch.column(len(names) + 1).to_numpy(zero_copy_only=False)
            drawn = np.where(np.isnan(known), drawn, np.mod(np.nan_to_num(known), BLOCKS)).astype(np.int64)
        _add(sums, np.column_stack(values[:-1]), values[-1], drawn, standard)
    yield np.array([packed(square) for square in sums]).reshape(BLOCKS, width(len(names)))


def _add(sums: Floats, rows: Floats, weight: Floats, block: Any, standard: Standard) -> None:
    """The rows' products to their blocks: one small matrix product for each."""
    ones = np.column_stack([np.ones(len(rows)), (rows - standard.centre) / standard.spread])
    order = np.argsort(block, kind="stable")
    ones, weighted = ones[order], ones[order] * weight[order, None]
    ends = np.searchsorted(block[order], np.arange(BLOCKS + 1))
    for place in range(BLOCKS):
        own = slice(ends[place], ends[place + 1])
        sums[place] += ones[own].T @ weighted[own]
