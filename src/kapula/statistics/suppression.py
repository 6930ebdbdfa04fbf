"""Which figures must be withheld so that small groups stay hidden, also from subtraction.

What a reader sees is a set of sums: cells, and totals over them. A hidden sum is *revealed* when it is a linear
combination of those shown. Primary: every group under the minimum. Complementary: further groups until no hidden one is
revealed. Source: Hundepool et al. (2012), Statistical Disclosure Control, chapter 4 (secondary cell suppression).

Not covered: bounds that follow from the answer scale (two hidden groups whose sum is the greatest possible), and
differences between two filters that overlap.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Group = tuple[Hashable, ...]
Matrix = NDArray[np.float64]
TOTAL = "\u2211"
"""Stands in a group for "all of this dimension"."""
_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of cells over some dimensions. ``members``: for each cell and each total the places of its cells."""

    cells: list[Group]
    members: dict[Group, frozenset[int]]
    sizes: dict[Group, int]


def suppress(counts: Mapping[Group, int], minimum_n: int) -> tuple[set[Group], set[Group]]:
    """(primary, complementary) of the cells of a table in any number of dimensions.

    ``counts``: answers of each finest cell, keyed by its labels, one a dimension. Readers are taken to see also every
    total that :func:`suppress_all` does not withhold.
    """
    primary, complementary = suppress_all(counts, minimum_n)
    return {g for g in primary if TOTAL not in g}, {g for g in complementary if TOTAL not in g}


def suppress_all(counts: Mapping[Group, int], minimum_n: int) -> tuple[set[Group], set[Group]]:
    """As :func:`suppress`, for the cells and all their totals (with ``TOTAL`` in place of a label).

    Coarser tables are settled first and on their own, so a total is withheld here exactly when the coarser table
    withholds it wherever else it is shown. The small cells of one line together stay hidden while they are under the
    minimum.
    """
    cells = {group: n for group, n in counts.items() if n > 0}
    if minimum_n <= 1 or not cells:
        return set(), set()
    dimensions = len(next(iter(cells)))
    primary: set[Group] = set()
    hidden: set[Group] = set()
    for size in range(dimensions + 1):
        for kept in combinations(range(dimensions), size):
            table = _table(cells, kept)
            small = {cell for cell in table.cells if table.sizes[cell] < minimum_n}
            primary |= small
            hidden |= small
            _close(table, primary, hidden, minimum_n)
    return primary, hidden - primary


def _table(counts: Mapping[Group, int], kept: Sequence[int]) -> _Table:
    """The table over the kept dimensions, with every total over fewer of them."""
    sizes: dict[Group, int] = {}
    for group, n in counts.items():
        cell = _project(group, kept)
        sizes[cell] = sizes.get(cell, 0) + n
    cells = sorted(sizes, key=_by_label)
    members: dict[Group, set[int]] = {}
    for size in range(len(kept) + 1):
        for fewer in combinations(kept, size):
            for place, cell in enumerate(cells):
                members.setdefault(_project(cell, fewer), set()).add(place)
    totals = {group: sum(sizes[cells[place]] for place in places) for group, places in members.items()}
    return _Table(cells, {group: frozenset(places) for group, places in members.items()}, totals)


def _project(group: Group, kept: Sequence[int]) -> Group:
    return tuple(label if place in kept else TOTAL for place, label in enumerate(group))


def _by_label(group: Group) -> list[str]:
    return sorted(map(str, group))


def _close(table: _Table, primary: set[Group], hidden: set[Group], minimum_n: int) -> None:
    """Hide further cells of the table, the cheapest first, until no secret is revealed."""
    secrets = {table.members[group] for group in primary if group in table.members}
    secrets |= _small_unions(table, primary, minimum_n)
    _fill_lines(table, hidden, minimum_n)
    while True:
        added = {cell for cell in _choices(table, hidden, secrets) if cell is not None}
        if not added:
            return
        hidden |= added


def _fill_lines(table: _Table, hidden: set[Group], minimum_n: int) -> None:
    """In every shown line with hidden cells hide at least two, with the minimum between them: the plain cases,
    without algebra."""
    totals = table.cells[0].count(TOTAL) + 1
    lines = {group: places for group, places in table.members.items() if group.count(TOTAL) == totals}
    while True:
        needy = [
            places
            for group, places in lines.items()
            if group not in hidden
            and _is_needy([c for c in map(table.cells.__getitem__, places) if c in hidden], table, minimum_n)
        ]
        open_places = [[place for place in places if table.cells[place] not in hidden] for places in needy]
        chosen = next((places for places in open_places if places), None)
        if chosen is None:
            return
        hidden.add(_best(table, chosen, needy))


def _is_needy(cells: Sequence[Group], table: _Table, minimum_n: int) -> bool:
    return bool(cells) and (len(cells) < 2 or sum(table.sizes[cell] for cell in cells) < minimum_n)


def _best(table: _Table, places: Iterable[int], lines: Sequence[frozenset[int]]) -> Group:
    """Of the cells the one in the most of the lines, then with the fewest answers, then by label."""
    best = min(
        places,
        key=lambda place: (
            -sum(place in line for line in lines),
            table.sizes[table.cells[place]],
            _by_label(table.cells[place]),
        ),
    )
    return table.cells[best]


def _small_unions(table: _Table, primary: set[Group], minimum_n: int) -> set[frozenset[int]]:
    """For every line the union of its small cells, when that too is small."""
    small = frozenset(place for place, cell in enumerate(table.cells) if cell in primary)
    unions = {places & small for places in table.members.values()}
    return {u for u in unions if len(u) > 1 and sum(table.sizes[table.cells[place]] for place in u) < minimum_n}


def _choices(table: _Table, hidden: set[Group], secrets: Iterable[frozenset[int]]) -> list[Group | None]:
    """For each revealed secret the cell to hide next, or None when the table has none left to hide."""
    unknown = [place for place, cell in enumerate(table.cells) if cell in hidden]
    missing = set(unknown)
    where = {place: column for column, place in enumerate(unknown)}
    totals = (item for item in table.members.items() if item[0] not in hidden)
    shown = [group for group, places in totals if not places.isdisjoint(missing)]
    system = np.zeros((len(shown), len(unknown)))
    for row, group in enumerate(shown):
        system[row, [where[place] for place in table.members[group] if place in where]] = 1.0
    found: list[Group | None] = []
    left, scale, right = _factors(system)
    alone = (right * right).sum(axis=0)
    for places in secrets:
        columns = [where[place] for place in places if place in where]
        if len(columns) == 1 and alone[columns[0]] < 1 - _TOLERANCE:
            continue
        along = right[:, columns].sum(axis=1)
        if len(columns) - float(along @ along) > _TOLERANCE:
            continue
        used = [shown[row] for row in np.flatnonzero(np.abs(left @ (along / scale)) > _TOLERANCE)]
        found.append(_cheapest(table, hidden, places, used))
    return found


def _factors(system: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """The singular value decomposition without its null part."""
    if not system.size:
        return np.zeros((system.shape[0], 0)), np.zeros(0), np.zeros((0, system.shape[1]))
    if system.shape[0] > system.shape[1]:
        left, scale, right = np.linalg.svd(system, full_matrices=False)
        rank = int((scale > _TOLERANCE * scale[0]).sum())
        return left[:, :rank], scale[:rank], right[:rank]
    # Few totals over many cells: the small product of whole numbers is exact and much quicker to decompose.
    squares, left = np.linalg.eigh(system @ system.T)
    kept = squares > 1e-10 * squares[-1]
    left, scale = left[:, kept], np.sqrt(squares[kept])
    return left, scale, (left.T @ system) / scale[:, None]


def _cheapest(table: _Table, hidden: set[Group], secret: frozenset[int], used: Sequence[Group]) -> Group | None:
    """The cell to hide: in the most lines that give the secret away by having one hidden cell only, then the fewest
    answers."""
    blank = [group.count(TOTAL) for group in used]
    lines = [table.members[group] for group, totals in zip(used, blank, strict=True) if totals == min(blank)]
    tight = [line for line in lines if sum(table.cells[place] in hidden for place in line) == 1] or lines
    every = [table.members[group] for group in used]
    for pool in ([secret], tight, every):
        places = {place for line in pool for place in line if table.cells[place] not in hidden}
        if places:
            return _best(table, places, tight)
    return None
