"""What else a row says, as one JSON object."""

from __future__ import annotations

import json

import pyarrow as pa

from kapula.connectors.mapping.binding import Bound
from kapula.connectors.mapping.responses import question_code
from kapula.connectors.mapping.table import Columns
from kapula.schema import ATTRIBUTE_PREFIX


def as_json(bound: Bound, columns: Columns) -> pa.Array:
    """Attributes by code, blank ones left out; "{}" when there are none."""
    codes = [question_code(plan) for plan in bound.all("attribute")]
    if not codes:
        return pa.array(["{}"] * columns.size, pa.string())
    cells = [columns.get(ATTRIBUTE_PREFIX + code).to_pylist() for code in codes]
    objects = (
        {code: cell for code, cell in zip(codes, row, strict=True) if cell is not None}
        for row in zip(*cells, strict=True)
    )
    return pa.array([json.dumps(found, ensure_ascii=False) for found in objects], pa.string())
