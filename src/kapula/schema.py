"""The five canonical tables: the same in SQL, in the snapshot and in the library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from kapula.errors import UnknownColumnError

_TIMESTAMP = pa.timestamp("us", tz="UTC")

RESPONSES: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("source", pa.string()),
        ("external_id", pa.string()),
        ("perspective", pa.string()),  # customer, employee or mystery
        ("customer", pa.string()),
        ("account", pa.string()),
        ("team", pa.string()),
        ("touchpoint", pa.string()),
        ("channel", pa.string()),
        ("segment", pa.string()),
        ("occurred_at", _TIMESTAMP),
        ("received_at", _TIMESTAMP),
        ("language", pa.string()),
        ("weight", pa.float64()),
    ]
)
"""Then one float column ``answer_<question code>`` for each declared question, and one text column
``attribute_<name>`` for each kept attribute."""

COMMENTS: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("response", pa.int64()),
        ("question", pa.string()),
        ("text", pa.string()),
        ("language", pa.string()),
        ("occurred_at", _TIMESTAMP),
        ("team", pa.string()),
        ("touchpoint", pa.string()),
        ("sentiment", pa.string()),
        ("probability", pa.float64()),
        ("abstained", pa.bool_()),
        ("intensity", pa.int64()),
        ("emotion", pa.string()),
        ("dimensions", pa.list_(pa.string())),
        ("themes", pa.list_(pa.string())),
        ("theme_sentiments", pa.list_(pa.string())),  # of each theme, in the same order
        ("resolved", pa.bool_()),
        ("churn_risk", pa.bool_()),
        ("urgent", pa.bool_()),
        ("suggestion", pa.bool_()),
        ("empathy", pa.string()),
        ("analysed_with", pa.string()),  # kapula.text.version; null: not yet analysed, and so is the rest
    ]
)
"""What is written, and what kapula.text.analyse says of it (its values are in kapula.text.labels)."""

OBSERVATIONS: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("measure", pa.string()),
        ("touchpoint", pa.string()),
        ("team", pa.string()),
        ("period", pa.date32()),  # first day of the period
        ("grain", pa.string()),  # day, week, month, quarter or year
        ("value", pa.float64()),
        ("n", pa.int64()),
    ]
)

EVENTS: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("customer", pa.string()),
        ("account", pa.string()),
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("occurred_at", _TIMESTAMP),
        ("attributes", pa.string()),
    ]
)

OUTCOMES: Final = pa.schema(
    [
        ("id", pa.int64()),
        ("customer", pa.string()),
        ("account", pa.string()),
        ("period", pa.date32()),
        ("grain", pa.string()),
        ("revenue", pa.float64()),
        ("active", pa.bool_()),
        ("attributes", pa.string()),
    ]
)

TABLES: Final = {
    "responses": RESPONSES,
    "comments": COMMENTS,
    "observations": OBSERVATIONS,
    "events": EVENTS,
    "outcomes": OUTCOMES,
}

ANSWER_PREFIX: Final = "answer_"
ATTRIBUTE_PREFIX: Final = "attribute_"
PERIODS: Final = ("day", "week", "month", "quarter", "year")


def require(columns: Iterable[str], wanted: Iterable[str]) -> None:
    """Raise :class:`UnknownColumnError` for the first wanted column that is not there, with the nearest name."""
    import difflib

    present = list(columns)
    for name in wanted:
        if name in present:
            continue
        near = difflib.get_close_matches(name, present, n=1)
        suggestion = near[0] if near else None
        hint = f"Did you mean {suggestion!r}?" if suggestion else f"The table has: {', '.join(present[:20])}."
        raise UnknownColumnError(
            f"There is no column {name!r}.", hint=hint, column=name, columns=present[:50], suggestion=suggestion
        )
