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
    if asked.weight:
        table = table.mutate(**{WEIGHT: table[asked.weight].cast("float64")})
    counted = _counted(table, names)
    complete = table.filter(*(table[name].notnull() for name in names))
    complete = complete.filter(complete[WEIGHT] > 0) if asked.weight else complete
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


def _weighed(table: Any, value: Any) -> Any:
    """The value times the row's weight; as it is when rows have none (a constant 1.0 would cost an engine a product a cell)."""
    return value * table[WEIGHT] if WEIGHT in table.columns else value


def _counted(table: Any, names: tuple[str, ...]) -> dict[str, int]:
    wanted = {f"n{place}": table[name].count() for place, name in enumerate(names)}
    row = fetch(table.aggregate(**wanted)).to_pylist()[0]
    return {name: int(row[f"n{place}"]) for place, name in enumerate(names)}


def _first_pass(complete: Any, names: tuple[str, ...]) -> dict[str, Any]:
    wanted = {f"m{place}": _weighed(complete, complete[name]).sum() for place, name in enumerate(names)}
    wanted |= {f"d{place}": complete[name].std(how="pop") for place, name in enumerate(names)}
    wanted |= {f"l{place}": complete[name].min() for place, name in enumerate(names)}
    wanted |= {f"h{place}": complete[name].max() for place, name in enumerate(names)}
    wanted |= {"n": complete.count()}
    if WEIGHT in complete.columns:
        wanted |= {"weight": complete[WEIGHT].sum(), "squares": (complete[WEIGHT] * complete[WEIGHT]).sum()}
    row = fetch(complete.aggregate(**wanted)).to_pylist()[0]
    total, squares = (float(row.get(name, row["n"]) or 1.0) for name in ("weight", "squares"))
    told = {
        name: np.array([row[f"{letter}{place}"] or 0.0 for place in range(len(names))])
        for name, letter in (("mean", "m"), ("spread", "d"), ("least", "l"), ("most", "h"))
    }
    told["mean"] = told["mean"] / total
    return told | {"n": row["n"], "weight": total, "squares": squares}


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
    kept = {WEIGHT: complete[WEIGHT]} if WEIGHT in complete.columns else {}
    ready = complete.select(**columns, **kept, end=ends.cast("int64"))
    wanted = {"ends": ready["end"].sum()}
    for row in range(len(names)):
        weighted = _weighed(ready, ready[f"x{row}"])
        wanted[f"s{row}"] = weighted.sum()
        wanted |= {f"s{row}_{column}": (weighted * ready[f"x{column}"]).sum() for column in range(row, len(names))}
    found = fetch(ready.aggregate(**wanted)).to_pylist()[0]
    square = np.zeros((len(names) + 1, len(names) + 1))
    square[0, 0] = first["weight"]
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
    """An empty part for every batch that has come (so that progress is told), then the sums of each block."""
    unit = complete[asked.cluster].hash() % BLOCKS if asked.cluster else ibis.null("int64")
    kept = [*names, *([WEIGHT] if asked.weight else []), *([UNIT] if asked.cluster else [])]
    wanted = complete.mutate(**{UNIT: unit.cast("int64")}).select(*kept)
    random = np.random.default_rng([asked.seed, 1])
    sums = np.zeros((BLOCKS, len(names) + 1, len(names) + 1))
    for batch in backend_of(wanted).to_pyarrow_batches(wanted, chunk_size=CHUNK):
        rows, weight, known = _batch(batch, len(names), asked)
        drawn = random.integers(0, BLOCKS, size=batch.num_rows)
        if known is not None:
            drawn = np.where(np.isnan(known), drawn, np.mod(np.nan_to_num(known), BLOCKS)).astype(np.int64)
        _add(sums, rows, weight, drawn, standard)
        yield np.empty((0, width(len(names))))
    yield np.array([packed(square) for square in sums]).reshape(BLOCKS, width(len(names)))


def _batch(batch: Any, count: int, asked: Question) -> tuple[Floats, Floats, Floats | None]:
    """Rows, weights, and the clusters' blocks where there are clusters."""
    found = [np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64) for column in batch.columns]
    weight = found[count] if asked.weight else np.ones(batch.num_rows)
    return np.column_stack(found[:count]), weight, found[-1] if asked.cluster else None


def _add(sums: Floats, rows: Floats, weight: Floats, block: Any, standard: Standard) -> None:
    """The rows' products to their blocks: one small matrix product for each."""
    ones = np.column_stack([np.ones(len(rows)), (rows - standard.centre) / standard.spread])
    order = np.argsort(block, kind="stable")
    ones, weighted = ones[order], ones[order] * weight[order, None]
    ends = np.searchsorted(block[order], np.arange(BLOCKS + 1))
    for place in range(BLOCKS):
        own = slice(ends[place], ends[place + 1])
        sums[place] += ones[own].T @ weighted[own]
