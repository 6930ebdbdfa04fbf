"""What is said of every comment: the columns of ``analyse``'s table, one row a comment, in the order given.

The values of each column are in ``kapula.text.labels``; what they mean is in docs/text/labelling.md. Positions are of the text's
characters (Python's, that is, code points), ``end`` not included.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

SPAN: Final = pa.list_(pa.int32(), 2)
THEME: Final = pa.struct({"code": pa.string(), "spans": pa.list_(SPAN), "sentiment": pa.string()})
PERSONAL: Final = pa.struct({"type": pa.string(), "start": pa.int32(), "end": pa.int32()})

SCHEMA: Final = pa.schema(
    {
        "language": pa.string(),
        "sentiment": pa.string(),  # the likeliest one, also when it abstained
        "probability": pa.float32(),  # calibrated: of the sentiments given 0.8, four in five are right
        "abstained": pa.bool_(),  # too uncertain to be counted as anything
        "intensity": pa.int8(),
        "emotion": pa.string(),
        "dimensions": pa.list_(pa.string()),
        "themes": pa.list_(THEME),
        "resolved": pa.bool_(),  # null: nothing is said of it
        "churn_risk": pa.bool_(),
        "urgent": pa.bool_(),
        "suggestion": pa.bool_(),
        "empathy": pa.string(),  # shown, missing or null
        "pii": pa.list_(PERSONAL),
    }
)

TIERS: Final = ("careful", "fast")


def to_dicts(table: pa.Table) -> list[dict[str, Any]]:
    """The rows as the command prints them: plain JSON, the probability with four digits."""
    return [{**row, "probability": round(row["probability"], 4)} for row in table.to_pylist()]
