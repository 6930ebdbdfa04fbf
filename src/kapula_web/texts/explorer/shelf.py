"""An organisation's comments as columns in memory: what filters, counts and order are computed from. No words are kept here.

Made from the snapshot once for each version of the data, and only the newest few organisations' are held.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from kapula.measures import get
from kapula.schema import ANSWER_PREFIX
from kapula.tables import fetch
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Question, Response
from kapula_web.ledger.selectors import Snapshot, current

TEXTS: Final = ("touchpoint", "team", "channel", "segment", "source", "language", "sentiment", "emotion", "empathy")
FLAGS: Final = ("urgent", "churn_risk", "suggestion", "abstained")
UNSURE: Final = "unsure"
MOST_QUESTIONS: Final = 12
MOST_RATED: Final = 60
"""Questions comments can be chosen by; the first MOST_QUESTIONS of them give the score."""
KEEP: Final = 8

LOW_UP_TO, MIDDLE_UP_TO = 0.65, 0.85
"""Where the bands of a score end, as shares of its scale: those of NPS (0–6, 7–8, 9–10), which make 1–3, 4 and 5 of a scale of five."""
BANDS: Final = ("low", "middle", "high")


@dataclass(frozen=True, slots=True)
class Column:
    """``codes``: for each comment the place of its value in ``values``, −1 for none."""

    values: tuple[str, ...]
    codes: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Themes laid end to end: ``rows``: whose it is; ``themes``: place in ``values``; ``sentiments``: place in ``tones``."""

    values: tuple[str, ...]
    tones: tuple[str, ...]
    rows: npt.NDArray[np.int32]
    themes: npt.NDArray[np.int32]
    sentiments: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every column has an element for each comment, the newest comment first. ``by_id``: places in the order of ``ids``. ``answers``:
    question → the place of its answer's band in BANDS, −1 where it was not answered."""

    version: str
    ids: npt.NDArray[np.int64]
    by_id: npt.NDArray[np.intp]
    moments: npt.NDArray[np.int64]
    days: npt.NDArray[np.datetime64]
    columns: dict[str, Column]
    flags: dict[str, npt.NDArray[np.bool_]]
    read: npt.NDArray[np.bool_]
    mentions: Mentions
    answers: dict[str, npt.NDArray[np.int8]]

    def __len__(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
        """Where the comments stand on the shelf, −1 for those that do not."""
        if not len(self):
            return np.full(len(ids), -1, np.intp)
        place = np.minimum(np.searchsorted(self.ids, ids, sorter=self.by_id), len(self) - 1)
        rows = self.by_id[place]
        return np.where(self.ids[rows] == ids, rows, -1)


_kept: OrderedDict[str, Shelf] = OrderedDict()
_LOCK: Final = threading.Lock()


def shelf_of(organisation: Organisation) -> Shelf:
    """The organisation's comments as they are now. Staff's own are never among them: they answered anonymously."""
    snapshot = current(organisation)
    key = f"{snapshot.version} {snapshot.manifest.as_of}"
    with _LOCK:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = _made(organisation, snapshot)
    with _LOCK:
        for older in [one for one in _kept if one.partition(".")[0] == key.partition(".")[0]]:
            del _kept[older]
        _kept[key] = made
        while len(_kept) > KEEP:
            _kept.popitem(last=False)
    return made


def _made(organisation: Organisation, snapshot: Snapshot) -> Shelf:
    table = _table(organisation, snapshot)
    columns = {name: _column(table[name]) for name in TEXTS}
    flags = {name: _flag(table[name]) for name in FLAGS}
    flags["unresolved"] = _flag(pc.invert(table["resolved"]))
    columns["sentiment"] = _with_unsure(columns["sentiment"], flags["abstained"])
    columns["score"] = _bands(table["score"])
    ids = table["id"].to_numpy().astype(np.int64)
    return Shelf(
        snapshot.version,
        ids,
        np.argsort(ids, kind="stable"),
        table["occurred_at"].cast(pa.int64()).to_numpy(),
        table["occurred_on"].to_numpy().astype("datetime64[D]"),
        columns,
        flags,
        table["analysed_with"].is_valid().to_numpy(),
        _mentions(table),
        {name.removeprefix(ANSWER_PREFIX): _band(table[name]).astype(np.int8)
         for name in table.column_names if name.startswith(ANSWER_PREFIX)},
    )  # fmt: skip


def _table(organisation: Organisation, snapshot: Snapshot) -> pa.Table:
    comments, answers = snapshot.table("comments"), snapshot.table("responses")
    answers = answers.filter(answers.perspective != Response.Perspective.EMPLOYEE)
    places = _places(organisation, answers)
    score = _score(places)
    own = {name: answers[name] for name in ("channel", "segment", "source")}
    answers = answers.select(answer=answers.id, score=score, **own, **places)
    joined = comments.inner_join(answers, comments.response == answers.answer)
    wanted = (
        "id", "occurred_at", "occurred_on", "team", "touchpoint", "language", "channel", "segment", "source", "score", "sentiment",
        "abstained", "emotion", "empathy", "resolved", "churn_risk", "urgent", "suggestion", "themes", "theme_sentiments", "analysed_with",
    )  # fmt: skip
    chosen = joined.select(*wanted, *places)
    return fetch(chosen.order_by(chosen.occurred_at.desc(), chosen.id.desc())).combine_chunks()


def _places(organisation: Organisation, answers: Any) -> dict[str, Any]:
    """Each answer's place on its question's scale, 0…1 with 1 the best, under the name of the question's column."""
    found = {}
    for question in rated_questions(organisation):
        name = ANSWER_PREFIX + question.code
        if name in answers.columns and question.low is not None and question.high is not None:
            place = (answers[name] - question.low) / (question.high - question.low)
            found[name] = place if _higher_is_better(question) else 1 - place
    return found


def _score(places: dict[str, Any]) -> Any:
    """The answer's place: of the question that measures NPS, else of the first declared one answered."""
    import ibis

    first = list(places.values())[:MOST_QUESTIONS]
    return ibis.coalesce(*first) if first else ibis.null("float64")


def scored_questions(organisation: Organisation) -> list[Question]:
    """Those a comment's score is taken from."""
    return rated_questions(organisation)[:MOST_QUESTIONS]


def rated_questions(organisation: Organisation) -> list[Question]:
    """Those with a scale, the one that measures NPS first."""
    asked = Question.objects.filter(organisation=organisation, is_comment=False).exclude(low=None).order_by("code")
    fit = [one for one in asked if one.high is not None and one.low is not None and one.high > one.low]
    return sorted(fit, key=lambda one: one.measure != "nps")[:MOST_RATED]


def _higher_is_better(question: Question) -> bool:
    from kapula.errors import KapulaError

    try:
        return get(question.measure).higher_is_better if question.measure else True
    except KapulaError:
        return True


def _column(values: pa.ChunkedArray) -> Column:
    encoded = values.combine_chunks().dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Column(tuple(encoded.dictionary.to_pylist()), codes)


def _flag(values: Any) -> npt.NDArray[np.bool_]:
    found = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return np.asarray(found.fill_null(False).to_numpy(zero_copy_only=False), np.bool_)


def _with_unsure(column: Column, abstained: npt.NDArray[np.bool_]) -> Column:
    """What the machine was too unsure of counts as no sentiment."""
    codes = np.where(abstained & (column.codes >= 0), len(column.values), column.codes).astype(np.int32)
    return Column((*column.values, UNSURE), codes)


def _bands(scores: pa.ChunkedArray) -> Column:
    return Column(BANDS, _band(scores))


def _band(scores: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    place = scores.cast(pa.float64()).to_numpy()
    codes = np.digitize(place, (LOW_UP_TO, MIDDLE_UP_TO)).astype(np.int32)
    return np.where(np.isnan(place), -1, codes).astype(np.int32)


def _mentions(table: pa.Table) -> Mentions:
    lists = table["themes"].combine_chunks()
    rows = pc.list_parent_indices(lists).to_numpy().astype(np.int32)
    themes, tones = (_column(pa.chunked_array([_flat(table[name])])) for name in ("themes", "theme_sentiments"))
    return Mentions(themes.values, tones.values, rows, themes.codes, tones.codes)


def _flat(lists: pa.ChunkedArray) -> pa.Array:
    return pc.list_flatten(lists.combine_chunks())
