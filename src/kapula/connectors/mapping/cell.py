"""How one column of cells becomes values, and why a cell may be refused.

Most columns hold few distinct cells, so each distinct cell is judged once and the verdict is spread to its rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.engine import Engine
from kapula.connectors.mapping.labels import label_codes, label_texts

LIMITS: Final = {
    "external_id": 120, "customer": 120, "account": 120, "team": 120, "touchpoint": 80, "channel": 40, "segment": 80,
    "kind": 60, "measure": 80,
}  # fmt: skip
"""The longest text each place in the ledger takes."""

REMEMBERED: Final = 5_000
Verdict = tuple[Any, str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is common to the file: its decimal mark, its texts for "no answer" and the zone of its times."""

    decimal: str = "."
    blanks: tuple[str, ...] = ()
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """``values``: one per row, null where blank or refused. ``reasons``: rejection codes, null where nothing is wrong."""

    values: pa.Array
    reasons: pa.Array


class Cell(ABC):
    """One planned column on its way to one output."""

    kind: ClassVar[pa.DataType] = pa.string()

    def __init__(self, plan: ColumnPlan, output: str, reading: Reading, engine: Engine) -> None:
        self.plan = plan
        self.output = output
        self.reading = reading
        self.engine = engine
        self._remembered: dict[str, Verdict] = {}
        absent = dict.fromkeys(text.strip().lower() for text in (*reading.blanks, *plan.missing))
        self._absent = pa.array(list(absent), pa.string())
        self._longest = max(map(len, absent), default=0)

    @abstractmethod
    def judge(self, cells: pa.Array) -> Judged:
        """The verdict on distinct, non-null cells."""

    def column(self, cells: pa.Array) -> Judged:
        """The verdict on every row's trimmed cell; null is blank."""
        encoded = cells.dictionary_encode()
        judged = self._recall(encoded.dictionary)
        return Judged(judged.values.take(encoded.indices), judged.reasons.take(encoded.indices))

    def absent(self, cells: pa.Array) -> pa.Array:
        """Which cells say "no answer". Only short ones are compared, which keeps long comments cheap."""
        said = pc.is_in(pc.utf8_lower(pc.utf8_slice_codeunits(cells, 0, self._longest + 1)), self._absent)
        return pc.or_(pc.is_null(cells), said)

    def _recall(self, distinct: pa.Array) -> Judged:
        if len(distinct) > REMEMBERED:
            return self.judge(distinct)
        texts = distinct.to_pylist()
        fresh = [text for text in texts if text not in self._remembered]
        if fresh:
            judged = self.judge(pa.array(fresh, pa.string()))
            if len(self._remembered) > 20 * REMEMBERED:
                self._remembered.clear()
                return self._recall(distinct)
            self._remembered.update(
                zip(fresh, zip(judged.values.to_pylist(), judged.reasons.to_pylist(), strict=True), strict=True)
            )
        verdicts = [self._remembered[text] for text in texts]
        return Judged(pa.array([v for v, _ in verdicts], self.kind), pa.array([r for _, r in verdicts], pa.string()))


class Number(Cell):
    """A number within the column's declared bounds; its missing codes, as texts or as numbers, are blank. 0 is an answer."""

    kind = pa.float64()

    def judge(self, cells: pa.Array) -> Judged:
        absent = self.absent(cells).to_numpy(zero_copy_only=False)
        numbers = self.engine.numbers(label_codes(cells, self.plan.labels), self.reading.decimal)
        known = np.isin(numbers, self._codes())
        blank = absent | known
        reasons = np.full(len(cells), None, dtype=object)
        low, high = self.plan.low, self.plan.high
        off = (numbers < (-np.inf if low is None else low)) | (numbers > (np.inf if high is None else high))
        reasons[off & ~blank] = "off_scale"
        reasons[np.isnan(numbers) & ~blank] = "not_a_number"
        return Judged(pa.array(numbers, mask=blank | np.isnan(numbers)), pa.array(reasons, pa.string()))

    def _codes(self) -> list[float]:
        found = self.engine.numbers(
            pa.array([text.strip() for text in self.plan.missing], pa.string()), self.reading.decimal
        )
        return [float(code) for code in found if not np.isnan(code)]


class Text(Cell):
    """Text as it stands, a labelled code as its label; refused when longer than its place."""

    def column(self, cells: pa.Array) -> Judged:
        return super().column(cells) if self.plan.labels else self.judge(cells)

    def judge(self, cells: pa.Array) -> Judged:
        texts = label_texts(cells, self.plan.labels)
        values = pc.if_else(self.absent(cells), pa.scalar(None, pa.string()), texts)
        limit = LIMITS.get(self.output)
        if limit is None:
            return Judged(values, pa.nulls(len(cells), pa.string()))
        long = pc.fill_null(pc.greater(pc.utf8_length(values), limit), False)
        return Judged(values, pc.if_else(long, "too_long", pa.scalar(None, pa.string())))


class Time(Cell):
    """A date, with a time of day or without, in the family of the plan's format."""

    kind = pa.timestamp("us", tz="UTC")

    def judge(self, cells: pa.Array) -> Judged:
        found = self.engine.timestamps(cells, self.plan.date_format, self.reading.timezone)
        return _or_reason(found, self.absent(cells), "not_a_date")


class Period(Cell):
    """The first day of a period."""

    kind = pa.date32()
    grain = "day"

    def judge(self, cells: pa.Array) -> Judged:
        found = self.engine.period_starts(cells, self.plan.date_format, self.grain)
        return _or_reason(found, self.absent(cells), "not_a_period")


class Word(Cell):
    """One of declared meanings, spoken in the words people use. ``code``: the reason for any other word; None keeps it as it is."""

    def __init__(
        self, plan: ColumnPlan, output: str, reading: Reading, engine: Engine,
        words: Mapping[Any, Sequence[str]], code: str | None, kind: pa.DataType | None = None,
    ) -> None:  # fmt: skip
        super().__init__(plan, output, reading, engine)
        self._meaning = {spoken: meaning for meaning, said in words.items() for spoken in said}
        self._code = code
        self.kind = kind or pa.string()  # type: ignore[misc]

    def judge(self, cells: pa.Array) -> Judged:
        spoken = [text.lower() for text in label_texts(cells, self.plan.labels).to_pylist()]
        meant = [self._meaning.get(text, None if self._code else text[:5]) for text in spoken]
        return _or_reason(pa.array(meant, self.kind), self.absent(cells), self._code)


def _or_reason(found: pa.Array, absent: pa.Array, code: str | None) -> Judged:
    nothing = pa.scalar(None, found.type)
    values = pc.if_else(absent, nothing, found)
    wrong = pc.and_(pc.is_null(found), pc.invert(absent))
    return Judged(values, pc.if_else(wrong, pa.scalar(code, pa.string()), pa.scalar(None, pa.string())))
