"""What is said of comments, on its way from SQL to Parquet: lists travel as text."""

from __future__ import annotations

from typing import Final

LISTS: Final = frozenset({"dimensions", "mentions"})

COLUMNS: Final = {
    "sentiment": "a.sentiment", "probability": "a.probability", "abstained": "a.abstained", "intensity": "a.intensity",
    "emotion": "a.emotion", "dimensions": "a.dimensions", "mentions": "mentions", "resolved": "a.resolved",
    "churn_risk": "a.churn_risk", "urgent": "a.urgent", "suggestion": "a.suggestion", "empathy": "a.empathy",
    "analysed_with": "a.version",
}  # fmt: skip
"""``mentions``: the themes as pages count them, people's corrections among them."""

TYPES: Final = {
    "probability": "DOUBLE", "abstained": "BOOLEAN", "intensity": "BIGINT", "resolved": "BOOLEAN",
    "churn_risk": "BOOLEAN", "urgent": "BOOLEAN", "suggestion": "BOOLEAN",
}  # fmt: skip

_JOINED: Final = {"sqlite": "group_concat", "postgresql": "string_agg"}
_MENTIONS: Final = "list_sort(list_filter(string_split(mentions, ','), lambda one: one <> ''))"


def field(name: str, source: str, vendor: str) -> str:
    """SQL of a column: dimensions as JSON, mentions as "waiting_time:negative,resolution:positive"."""
    if name == "dimensions":
        return f"cast({source} as text)"
    joined = f"{_JOINED[vendor]}(m.code || ':' || m.sentiment, ',')"
    found = f"select {joined} from texts_commenttheme m where m.analysis_id = a.comment_id"
    return f"case when a.comment_id is not null then coalesce(({found}), '') end"


def select(name: str) -> list[str]:
    """DuckDB's expressions for a column of lists."""
    if name == "dimensions":
        return ["""from_json(dimensions, '["VARCHAR"]') as dimensions"""]
    return [
        f"list_transform({_MENTIONS}, lambda one: split_part(one, ':', {part})) as {column}"
        for part, column in enumerate(("themes", "theme_sentiments"), start=1)
    ]
