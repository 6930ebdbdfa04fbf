"""Two passes over data that stays where it is: counts and spreads first, then the sums of standardised products."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kapula.analyses.drivers.moments import Floats, Standard, packed
from kapula.tables import fetch

WEIGHT: Final = "kapula_weight"


def weighed(table: Any, value: Any) -> Any:
    """The value times the row's weight; as it is when rows have none (a constant 1.0 would cost an engine a product a cell)."""
    return value * table[WEIGHT] if WEIGHT in table.columns else value


def first_pass(complete: Any, names: tuple[str, ...]) -> dict[str, Any]:
    wanted = {f"m{place}": weighed(complete, complete[name]).sum() for place, name in enumerate(names)}
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


def second_pass(complete: Any, names: tuple[str, ...], standard: Standard, first: dict[str, Any]) -> tuple[Floats, int]:
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
        weighted = weighed(ready, ready[f"x{row}"])
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
