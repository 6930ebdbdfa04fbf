"""``kapula.rake``: weights that bring a sample's margins to known ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import numpy as np
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.schema import require
from kapula.tables import as_table, fetch

Margins = Mapping[str, Mapping[Any, float]]


@dataclass(frozen=True, slots=True)
class Raking:
    """``table``: the rows with their weight in a new column. ``factors``: what each cell's starting weight was
    multiplied by. ``worst``: the largest remaining gap of any margin, as a share of the total. ``trimmed``: cells
    held at a bound. ``design_effect``: Kish's, of the final weights."""

    table: ir.Table
    column: str
    factors: tuple[dict[str, Any], ...]
    iterations: int
    converged: bool
    worst: float
    trimmed: int
    n: int
    n_effective: float
    design_effect: float
    margins: Mapping[str, Mapping[Any, float]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        names = ("column", "iterations", "converged", "worst", "trimmed", "n", "n_effective", "design_effect")
        return {name: getattr(self, name) for name in names} | {"factors": list(self.factors)}


def rake(
    table: Any,
    margins: Margins,
    *,
    weight: str | None = None,
    trim: tuple[float, float] | None = None,
    tolerance: float = 1e-8,
    max_iterations: int = 500,
    column: str = "weight",
) -> Raking:
    """Weights by iterative proportional fitting, so that each margin's weighted shares are those given.

    ``margins``: column → label → share (summing to 1) or count (the same sum in every margin). ``weight``: starting
    weights (1 each). ``trim``: least and greatest factor in relation to the mean factor, such as (0.3, 3). The final
    weights sum to the number of rows, or to the given counts. Only the cells' sums leave the engine.

    Raises :class:`ParameterError` for a label without rows or without a margin, blanks, and margins that do not sum.
    Source: Deming & Stephan (1940), Annals of Math. Statistics 11, 427–444; trimming: Deville, Särndal & Sautory
    (1993), JASA 88.
    """
    rows = as_table(table)
    require(rows.columns, [*margins, *([weight] if weight else [])])
    totals = _check_sums(margins)
    cells = _cells(rows, list(margins), weight)
    _check_labels(cells, margins)
    n = int(sum(cell["_n"] for cell in cells))
    total = float(n) if abs(totals - 1) < 1e-6 else totals
    start = np.array([cell["_w"] for cell in cells])
    codes, targets = _design(cells, margins, total)
    factor, iterations, worst = _fit(start, codes, targets, total, trim, tolerance, max_iterations)
    squares = np.array([cell["_ww"] for cell in cells])
    effective = float((factor @ start) ** 2 / (factor**2 @ squares))
    mean = float(factor @ start / start.sum())
    held = (
        0
        if trim is None
        else int(np.sum((factor <= trim[0] * mean * 1.000001) | (factor >= trim[1] * mean * 0.999999)))
    )
    labels = [{name: cell[name] for name in margins} for cell in cells]
    return Raking(
        table=rows.mutate(**{column: _expression(rows, weight, labels, factor)}),
        column=column,
        factors=tuple({**label, "factor": float(f)} for label, f in zip(labels, factor, strict=True)),
        iterations=iterations,
        converged=worst <= tolerance,
        worst=worst,
        trimmed=held,
        n=n,
        n_effective=effective,
        design_effect=n / effective,
        margins=margins,
    )


def _fit(
    start: NDArray[np.float64],
    codes: list[NDArray[np.intp]],
    targets: list[NDArray[np.float64]],
    total: float,
    trim: tuple[float, float] | None,
    tolerance: float,
    max_iterations: int,
) -> tuple[NDArray[np.float64], int, float]:
    """(factor of each cell, rounds used, worst gap)."""
    factor = np.full(start.size, total / start.sum())
    worst = float("inf")
    for iteration in range(1, max_iterations + 1):
        for code, target in zip(codes, targets, strict=True):
            now = np.bincount(code, weights=factor * start, minlength=target.size)
            factor = factor * np.divide(target, now, out=np.zeros_like(target), where=now > 0)[code]
        if trim is not None:
            mean = float(factor @ start / start.sum())
            factor = np.clip(factor, trim[0] * mean, trim[1] * mean)
        worst = max(
            float(np.abs(np.bincount(code, weights=factor * start, minlength=target.size) - target).max()) / total
            for code, target in zip(codes, targets, strict=True)
        )
        if worst <= tolerance:
            return factor, iteration, worst
    return factor, max_iterations, worst


def _check_sums(margins: Margins) -> float:
    """The common total of all margins."""
    if not margins:
        raise _fault("margins", [], "There are no margins.", "Give column → label → share.")
    sums = {name: float(sum(labels.values())) for name, labels in margins.items()}
    for name, labels in margins.items():
        bad = [label for label, share in labels.items() if not share >= 0]
        if bad:
            raise _fault(
                name, [str(b) for b in bad], f"The margin {name!r} has a negative share.", "Shares are 0 or greater."
            )
    first = next(iter(sums.values()))
    off = {name: total for name, total in sums.items() if abs(total - first) > 1e-6 * max(1.0, abs(first))}
    if off or first <= 0 or (first < 2 and abs(first - 1) > 1e-6):
        shown = ", ".join(f"{name} {total:g}" for name, total in sums.items())
        raise _fault(
            "margins", sums, f"The margins do not sum alike: {shown}.", "Shares sum to 1, counts to one total."
        )
    return first


def _cells(rows: ir.Table, names: list[str], weight: str | None) -> list[dict[str, Any]]:
    rows = rows.mutate(_value=ibis.literal(1).cast("float64") if weight is None else rows[weight].cast("float64"))
    value = rows["_value"]
    wanted = {"_n": rows.count(), "_w": value.sum(), "_ww": (value * value).sum(), "_least": value.min()}
    found = fetch(rows.group_by(names).aggregate(**wanted).order_by(names)).to_pylist()
    blank = sum(cell["_n"] for cell in found if any(cell[name] is None for name in names))
    if blank:
        raise _fault(
            "margins",
            blank,
            f"{blank} rows are blank in a raking column.",
            "Leave them out, or give the blanks a label.",
        )
    if any(cell["_least"] is None or cell["_least"] < 0 for cell in found):
        raise _fault("weight", weight, f"The weights in {weight!r} are blank or negative.", "A weight is 0 or greater.")
    return [cell for cell in found if cell["_w"] > 0]


def _check_labels(cells: list[dict[str, Any]], margins: Margins) -> None:
    for name, labels in margins.items():
        present = {cell[name] for cell in cells}
        empty = [label for label, share in labels.items() if share > 0 and label not in present]
        unknown = [label for label in present if label not in labels]
        if empty:
            raise _fault(
                name, [str(e) for e in empty], f"No row has {name} = {empty[0]!r}, so no weight can make up its share.",
                "Join the label with another.",
            )  # fmt: skip
        if unknown:
            raise _fault(
                name, [str(u) for u in unknown], f"Rows have {name} = {unknown[0]!r}, which has no margin.",
                "Add its share, or leave those rows out.",
            )  # fmt: skip


def _design(
    cells: list[dict[str, Any]], margins: Margins, total: float
) -> tuple[list[NDArray[np.intp]], list[NDArray[np.float64]]]:
    codes, targets = [], []
    for name, labels in margins.items():
        order = {label: place for place, label in enumerate(labels)}
        codes.append(np.array([order[cell[name]] for cell in cells], dtype=np.intp))
        shares = np.array([float(share) for share in labels.values()])
        targets.append(shares / shares.sum() * total)
    return codes, targets


def _expression(
    rows: ir.Table, weight: str | None, labels: list[dict[str, Any]], factor: NDArray[np.float64]
) -> ir.Value:
    """The weight of a row as one CASE over its cell, so the rows keep their order and stay where they are."""
    branches = []
    for label, f in zip(labels, factor, strict=True):
        test: Any = ibis.literal(True)
        for name, value in label.items():
            test = test & (rows[name] == value)
        branches.append((test, float(f)))
    found = ibis.cases(*branches, else_=0.0)
    return found if weight is None else found * rows[weight].cast("float64")


def _fault(parameter: str, value: Any, message: str, hint: str) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
