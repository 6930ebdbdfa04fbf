"""Which comments a view shows, in which order, and how many there would be with another value of each filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapula_web.texts.explorer.filters import SIGNS, Filters, stretch_of
from kapula_web.texts.explorer.shelf import BANDS, Shelf

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Chosen:
    """``rows``: places on the shelf in the order shown; ``scores``: of each, when something was searched for. ``counts``: dimension →
    value → how many there are with it, the other filters being as they are."""

    rows: Rows
    scores: npt.NDArray[np.float32] | None
    counts: Mapping[str, Mapping[str, int]]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: places on the shelf and how good each is."""

    rows: Rows
    scores: npt.NDArray[np.float32]


def choose(shelf: Shelf, filters: Filters, hits: Hits | None = None, teams: frozenset[str] | None = None) -> Chosen:
    """``teams``: the only teams whose comments this person may read; None: all."""
    base = base_mask(shelf, filters, teams)
    if hits is not None:
        found = np.zeros(len(shelf), bool)
        found[hits.rows] = True
        base &= found
    masks = {name: _mask(shelf, name, values) for name, values in filters.values.items()}
    whole = _joined(base, masks)
    rows, scores = _ordered(shelf, whole, filters, hits)
    counts = _counts(shelf, base, masks)
    counts["answer"] = _of_answers(shelf, _joined(base, masks, "answer"), filters.values.get("answer", ()))
    counts["days"] = _of_days(shelf, _joined(base, masks, "days"), filters.values.get("days", ()))
    return Chosen(rows, scores, counts)


def base_mask(shelf: Shelf, filters: Filters, teams: frozenset[str] | None) -> Mask:
    """Those within the days, which this person may read."""
    mask = np.ones(len(shelf), bool)
    if filters.start:
        mask &= shelf.days >= np.datetime64(filters.start)
    if filters.end:
        mask &= shelf.days <= np.datetime64(filters.end)
    if teams is not None:
        mask &= _in_column(shelf, "team", tuple(teams))
    return mask


def filtered(shelf: Shelf, filters: Filters, teams: frozenset[str] | None) -> Mask:
    """Those that all the filters leave, whatever is searched for."""
    masks = {name: _mask(shelf, name, values) for name, values in filters.values.items()}
    return _joined(base_mask(shelf, filters, teams), masks)


def _joined(base: Mask, masks: Mapping[str, Mask], but: str = "") -> Mask:
    whole = base.copy()
    for name, mask in masks.items():
        if name != but:
            whole &= mask
    return whole


def _mask(shelf: Shelf, name: str, values: tuple[str, ...]) -> Mask:
    if name == "theme":
        return _by_theme(shelf, values)
    if name == "sign":
        none = np.zeros(len(shelf), bool)
        return np.asarray(np.any([none, *(shelf.flags[sign] for sign in values if sign in SIGNS)], axis=0), bool)
    if name == "answer":
        return _by_answer(shelf, values)
    if name == "days":
        return _by_days(shelf, values)
    return _in_column(shelf, name, values)


def _by_answer(shelf: Shelf, values: tuple[str, ...]) -> Mask:
    """Those that came with an answer to a question, or with one in a band of its scale."""
    mask = np.zeros(len(shelf), bool)
    for value in values:
        code, _, band = value.partition(":")
        if code in shelf.answers and (not band or band in BANDS):
            mask |= shelf.answers[code] == BANDS.index(band) if band else shelf.answers[code] >= 0
    return mask


def _by_days(shelf: Shelf, values: tuple[str, ...]) -> Mask:
    """Those of any of the stretches."""
    mask = np.zeros(len(shelf), bool)
    for start, end in filter(None, map(stretch_of, values)):
        mask |= (shelf.days >= np.datetime64(start)) & (shelf.days <= np.datetime64(end))
    return mask


def _in_column(shelf: Shelf, name: str, values: tuple[str, ...]) -> Mask:
    column = shelf.columns[name]
    wanted = np.zeros(len(column.values) + 1, bool)  # the last place is that of no value
    wanted[[column.values.index(value) for value in values if value in column.values]] = True
    return np.asarray(wanted[column.codes])


def _by_theme(shelf: Shelf, values: tuple[str, ...]) -> Mask:
    said = shelf.mentions
    mask = np.zeros(len(shelf), bool)
    for value in values:
        code, _, tone = value.partition(":")
        if code in said.values and (not tone or tone in said.tones):
            own = said.themes == said.values.index(code)
            mask[said.rows[own & (said.sentiments == said.tones.index(tone)) if tone else own]] = True
    return mask


def _ordered(
    shelf: Shelf, whole: Mask, filters: Filters, hits: Hits | None
) -> tuple[Rows, npt.NDArray[np.float32] | None]:
    if hits is not None and filters.shown_order == "best":
        kept = whole[hits.rows]
        rows, scores = hits.rows[kept], hits.scores[kept]
        order = np.lexsort((-shelf.ids[rows], -scores))
        return rows[order], scores[order]
    rows = np.flatnonzero(whole)
    return rows[::-1] if filters.shown_order == "old" else rows, None


def _counts(shelf: Shelf, base: Mask, masks: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
    whole = _joined(base, masks)
    found = {}
    for name, column in shelf.columns.items():
        mask = _joined(base, masks, name) if name in masks else whole
        numbers = np.bincount(column.codes[mask] + 1, minlength=len(column.values) + 1)[1:]
        found[name] = dict(zip(column.values, numbers.tolist(), strict=True))
    mask = _joined(base, masks, "theme") if "theme" in masks else whole
    numbers = np.bincount(shelf.mentions.themes[mask[shelf.mentions.rows]], minlength=len(shelf.mentions.values))
    found["theme"] = dict(zip(shelf.mentions.values, numbers.tolist(), strict=True))
    mask = _joined(base, masks, "sign") if "sign" in masks else whole
    found["sign"] = {sign: int(np.count_nonzero(shelf.flags[sign] & mask)) for sign in SIGNS}
    return found


def _of_answers(shelf: Shelf, mask: Mask, asked: tuple[str, ...]) -> dict[str, int]:
    """Of the questions that the address names, each with its bands: a page elsewhere leads here with one, and a group for every question
    would hide the rest."""
    found = {}
    for code in dict.fromkeys(value.partition(":")[0] for value in asked):
        if code in shelf.answers:
            bands = shelf.answers[code][mask]
            found[code] = int(np.count_nonzero(bands >= 0))
            found |= {f"{code}:{band}": int(np.count_nonzero(bands == place)) for place, band in enumerate(BANDS)}
    return found


def _of_days(shelf: Shelf, mask: Mask, asked: tuple[str, ...]) -> dict[str, int]:
    """Of the stretches that the address names."""
    return {one: int(np.count_nonzero(_by_days(shelf, (one,)) & mask)) for one in asked}
