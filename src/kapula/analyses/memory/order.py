"""Whether times that name periods tell the order of a customer's moments: a journey's end is its last one."""

from __future__ import annotations

from ibis.expr import types as ir

from kapula.errors import ParameterError
from kapula.tables import fetch


def require_order(table: ir.Table, customer: str, time: str, score: str, kind: str, days: int | None) -> None:
    """Raises :class:`~kapula.errors.ParameterError` when a customer has several moments in one period, and for a number of ``days``, which
    no two periods are known to be apart. ``kind``: the periods that the column ``time`` names."""
    if days is not None:
        raise ParameterError(
            f"The times in {time!r} name {kind}s, and moments of the last {days} days cannot be told by them.",
            hint="Give the days of the moments, or leave days out.",
            parameter="days",
            value=days,
        )
    moments = table.filter(table[score].notnull(), table[customer].notnull(), table[time].notnull())
    each = moments.group_by([customer, time]).aggregate(moments=moments.count())
    unordered = each.filter(each["moments"] > 1)
    count = int(fetch(unordered.aggregate(customers=unordered[customer].nunique()))["customers"][0].as_py())
    if count:
        raise ParameterError(
            f"The times in {time!r} name {kind}s, and {count} customers have several moments in one: which of them was the last cannot be "
            "told.",
            hint="Give the days of the moments.",
            parameter="time",
            value=time,
        )
