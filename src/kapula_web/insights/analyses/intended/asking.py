"""The library's question that the page's choices make of the organisation's own aims."""

from __future__ import annotations

import json
from typing import Any

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import Asked, Chosen, Data
from kapula_web.insights.analyses.intended.declared import answerable_aims


def asked_of(data: Data, chosen: Chosen) -> Asked:
    start, end = fields.between(data, chosen["stretch"]) or (None, None)
    wanted = set(chosen["aims"])
    declared = [one.declared() for one in answerable_aims(data) if one.code in wanted]
    period = _period(chosen["stretch"])
    keywords: dict[str, Any] = {
        "aims": declared, "by": chosen["by"] or None, "time": "occurred_on", "period": period,
        "cluster": "customer", "minimum_n": data.desk.minimum_n,
    }  # fmt: skip
    words = ["intended", held.address(data, "responses", start, end)]
    words += [
        "--aims",
        json.dumps({"aims": declared}, ensure_ascii=False),
        "--time",
        "occurred_on",
        "--period",
        period,
    ]
    words += ["--cluster", "customer", "--minimum-n", str(data.desk.minimum_n)]
    words += [*(["--by", chosen["by"]] if chosen["by"] else []), *held.filters()]
    return Asked(held.rows(data, start=start, end=end), keywords, tuple(words))


def _period(stretch: str) -> str:
    return {"all": "quarter", "years2": "quarter", "quarter": "week"}.get(stretch, "month")
