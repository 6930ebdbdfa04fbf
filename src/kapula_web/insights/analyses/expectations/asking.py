"""What is asked of the library, and the same as a command."""

from __future__ import annotations

from typing import Any

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Asked, Chosen, Data
from kapula_web.insights.analyses.expectations.likely import comparable


def asked(data: Data, chosen: Chosen) -> Asked:
    keywords: dict[str, Any] = {
        "score": chosen["outcome"],
        "performance": list(chosen["performance"]),
        "time": "occurred_on",
        "expectation": chosen["expectation"] or None,
        "mix": [chosen["mix"]] if chosen["mix"] else [],
        "cluster": "customer",
        "minimum_n": data.desk.minimum_n,
    }
    start, end = comparable(data, chosen["outcome"])
    command = ["expectations", held.address(data, "responses", start, end), "--score", chosen["outcome"]]
    command += ["--performance", ",".join(chosen["performance"]), "--time", "occurred_on", "--cluster", "customer"]
    command += ["--expectation", chosen["expectation"]] if chosen["expectation"] else []
    command += ["--mix", chosen["mix"]] if chosen["mix"] else []
    command += ["--minimum-n", str(data.desk.minimum_n), *held.filters()]
    return Asked(held.rows(data, start=start, end=end), keywords, tuple(command))
