"""An SPSS file as a :class:`~kapula.connectors.source.Source`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyreadstat

from kapula.connectors.arrowtext import as_text, float_text
from kapula.connectors.errors import BrokenFileError
from kapula.connectors.mapping.engine import whole
from kapula.connectors.naming import header_names
from kapula.connectors.source import Field, Note, RawBatch, numbers_from

RANGE_CODES = 20
"""A user-missing range wider than this (say, LOWEST THRU 0) is kept by its ends only."""


class SavSource:
    def __init__(self, path: Path, options: dict[str, Any]) -> None:
        self._path = path
        self._names, self._meta = self._metadata()
        names, notes = header_names(self._names)
        self.fields: tuple[Field, ...] = tuple(
            self._field(raw, name) for raw, name in zip(self._names, names, strict=True)
        )
        self.notes: tuple[Note, ...] = tuple(notes)
        self.more: tuple[tuple[str, ...], ...] = ()
        self.options: dict[str, Any] = {"decimal": options.get("decimal", ".")}

    def batches(self, batch_rows: int) -> Iterator[RawBatch]:
        total, done = int(self._meta.number_rows or 0), 0
        while done < total or (done == 0 and total <= 0):
            frame = self._read(done, batch_rows)
            count = len(next(iter(frame.values()), ()))
            if not count:
                return
            start, done = done + 1, done + count
            table = pa.table({f.name: _cells(frame[raw]) for f, raw in zip(self.fields, self._names, strict=True)})
            yield RawBatch(table, numbers_from(start, count), (), done, max(total, done))

    def _metadata(self) -> tuple[list[str], Any]:
        try:
            _, meta = pyreadstat.read_sav(str(self._path), metadataonly=True, user_missing=True)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError) as error:
            raise self._broken(error) from error
        return list(meta.column_names), meta

    def _read(self, offset: int, rows: int) -> dict[str, Any]:
        try:
            frame, _ = pyreadstat.read_sav(
                str(self._path), row_offset=offset, row_limit=rows, user_missing=True, output_format="dict"
            )
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError, ValueError) as error:
            raise self._broken(error) from error
        return dict(frame)

    def _field(self, raw: str, name: str) -> Field:
        labels = {_code(code): str(label) for code, label in self._meta.variable_value_labels.get(raw, {}).items()}
        missing = [code for item in self._meta.missing_ranges.get(raw, []) for code in _range(item["lo"], item["hi"])]
        missing += [_code(code) for code in self._meta.missing_user_values.get(raw, [])]
        return Field(name, self._meta.column_names_to_labels.get(raw) or None, labels, tuple(dict.fromkeys(missing)))

    def _broken(self, error: Exception) -> BrokenFileError:
        return BrokenFileError(
            f"{self._path.name} cannot be read as SPSS: {error}.", hint="It was cut short or damaged: save it again.",
            file=self._path.name, detail=str(error)[:300],
        )  # fmt: skip


def _cells(values: Any) -> pa.Array:
    """A variable's values as text cells; SPSS numbers are all floating point."""
    try:
        column = pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        column = pa.array([None if value is None else str(value) for value in values], pa.string())
    return as_text(whole(column))


def _code(value: Any) -> str:
    return float_text(pa.array([float(value)]))[0].as_py() if isinstance(value, (int, float)) else str(value)


def _range(low: Any, high: Any) -> list[str]:
    if low == high:
        return [_code(low)]
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and high - low <= RANGE_CODES:
        return [_code(value) for value in range(int(low), int(high) + 1)]
    return [_code(low), _code(high)]
