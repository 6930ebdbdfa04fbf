"""Periods of operational series as SQL: "2026-W05", "vk 5/2026", "1/2026", "tammikuu 2026", "Q1 2026", "2026" or a date."""

from __future__ import annotations

from typing import Final

from kapula.connectors.mapping.cells import literal
from kapula.connectors.mapping.dates import timestamp

FORMATS: Final[dict[str, tuple[str, str]]] = {
    "week:yw": ("week", r"^(\d{4})\s*[-/. ]?\s*(?:w|v|vk|vko|viikko|vecka|week)?\s*[-/. ]?\s*(\d{1,2})$"),
    "week:wy": ("week", r"^(?:w|v|vk|vko|viikko|vecka|week)?\.?\s*(\d{1,2})\s*[-/. ]\s*(\d{4})$"),
    "quarter:yq": ("quarter", r"^(\d{4})\s*[-/. ]?\s*(?:q|k|kv|kvartaali|kvartal)\s*([1-4])$"),
    "quarter:qy": ("quarter", r"^(?:q|k|kv|kvartaali|kvartal)\.?\s*([1-4])\s*[-/. ]\s*(\d{4})$"),
    "month:ym": ("month", r"^(\d{4})\s*[-/. m]\s*(\d{1,2})$"),
    "month:my": ("month", r"^(\d{1,2})\s*[-/.]\s*(\d{4})$"),
    "month:ny": ("month", r"^([a-zåäö]{3,12})\.?\s*[-/. ]?\s*(\d{4})$"),
    "month:yn": ("month", r"^(\d{4})\s*[-/. ]?\s*([a-zåäö]{3,12})\.?$"),
    "year": ("year", r"^(\d{4})()$"),
}
"""Name of a period's spelling → its grain and its pattern (in lower case). The name stands in a plan's ``date_format``."""

_MONTHS = (
    ("tam", "jan"), ("hel", "feb"), ("maa", "mar"), ("huh", "apr"), ("tou", "maj", "may"), ("kes", "jun"), ("hei", "jul"),
    ("elo", "aug"), ("syy", "sep"), ("lok", "okt", "oct"), ("mar", "nov"), ("jou", "dec"),
)  # fmt: skip


def grain_of(date_format: str | None) -> str | None:
    """The grain a spelling implies; None for dates, whose grain the plan declares."""
    return FORMATS[date_format][0] if date_format in FORMATS else None


def period_start(x: str, date_format: str | None, grain: str) -> str:
    """The first day of the period in ``x`` (trimmed), null when it cannot be read."""
    if date_format not in FORMATS:
        return f"date_trunc({literal(grain)}, ({timestamp(x, date_format)})::TIMESTAMP)::DATE"
    kind, pattern = FORMATS[date_format]
    low = f"lower({x})"
    year_first = not date_format.endswith("y")
    first, second = (f"regexp_extract({low}, {literal(pattern)}, {i})" for i in (1, 2))
    year, rest = (first, second) if year_first else (second, first)
    year = f"try_cast({year} AS INTEGER)"
    unit = _month(rest) if "n" in date_format.split(":")[-1] else f"try_cast({rest} AS INTEGER)"
    sensible = f"{year} BETWEEN 1900 AND 2199"
    return f"CASE WHEN {sensible} THEN {_first_day(kind, year, unit)} END"


def _first_day(kind: str, year: str, unit: str) -> str:
    match kind:
        case "week":
            # ISO 8601: week 1 holds 4 January.
            monday = f"(date_trunc('week', make_date({year}, 1, 4)) + to_days(7 * ({unit} - 1)))::DATE"
            return f"CASE WHEN {unit} BETWEEN 1 AND 53 AND isoyear({monday}) = {year} THEN {monday} END"
        case "month":
            return f"CASE WHEN {unit} BETWEEN 1 AND 12 THEN make_date({year}, {unit}, 1) END"
        case "quarter":
            return f"CASE WHEN {unit} BETWEEN 1 AND 4 THEN make_date({year}, 3 * {unit} - 2, 1) END"
        case _:
            return f"make_date({year}, 1, 1)"


def _month(x: str) -> str:
    """Finnish "maaliskuu" begins with "maa" and "marraskuu" with "mar"; elsewhere "mar" is March, told by "marr"."""
    cases = ["WHEN 'marr' = left({x}, 4) THEN 11"]
    for i, starts in enumerate(_MONTHS, 1):
        usable = [s for s in starts if not (i == 11 and s == "mar")]
        cases.append(f"WHEN left({{x}}, 3) IN ({', '.join(map(literal, usable))}) THEN {i}")
    return "CASE " + " ".join(cases).format(x=x) + " END"
