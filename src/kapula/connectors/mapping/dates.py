"""Dates and times as SQL expressions. A plan's ``date_format`` names a family; a time of day may always follow or be left out."""

from __future__ import annotations

from typing import Final

from kapula.connectors.mapping.cells import literal

ISO: Final = "%Y-%m-%d"
FORMATS: Final = (
    ISO, "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
    "%d %b %Y", "%b %d %Y", "%d %B %Y",
)  # fmt: skip
"""The families tried on a column, in the order of preference when several fit equally."""

_TIMES = (" %H:%M", "", " %H:%M:%S", " %I:%M:%S %p", " %I:%M %p", " %H:%M:%S.%g")
_WEEKDAY = (
    "^(ma|ti|ke|to|pe|la|su|må|on|fr|lö|sö|mon|tue|wed|thu|fri|sat|sun|maanantai|tiistai|keskiviikko|torstai|perjantai|"
    "lauantai|sunnuntai|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|monday|tuesday|wednesday|thursday|friday|"
    "saturday|sunday)(na)?[.,]?\\s+"
)


def date_part(date_format: str | None) -> str:
    """The family of a strptime format: its date without any time of day."""
    if not date_format:
        return ISO
    base = date_format.replace("T", " ").split(" %H")[0].split(" %I")[0].split(" klo")[0].strip()
    return base or ISO


def timestamp(x: str, date_format: str | None, timezone: str | None = None) -> str:
    """``x`` (trimmed text) as a timestamp in UTC, null when it is no date of the family or lies outside 1900–2199.

    A time without a zone is taken as it stands, or as a time of ``timezone`` when one is given; a bare date is that calendar day at 00:00.
    """
    part = date_part(date_format)
    formats = "[" + ", ".join(literal(part + time) for time in _TIMES) + "]"
    local = f"try_strptime({x}, {formats})"
    tidy = f"coalesce({local}, try_strptime({_tidied(x)}, {formats}))"
    if part == ISO:
        zoned = (
            f"try_cast(CASE WHEN regexp_matches({x}, '^\\d{{4}}-\\d{{2}}-\\d{{2}}[T ]') THEN {x} END AS TIMESTAMPTZ)"
        )
        has_zone = f"regexp_matches({x}, '(Z|[+-]\\d{{2}}(:?\\d{{2}})?)$') AND length({x}) > 10"
        parsed = f"CASE WHEN {has_zone} THEN {zoned} ELSE {_placed(f'coalesce({tidy}, {zoned}::TIMESTAMP)', x, timezone)} END"
    else:
        parsed = _placed(tidy, x, timezone)
    return _sensible(parsed)


def _placed(local: str, x: str, timezone: str | None) -> str:
    if timezone is None:
        return f"({local})::TIMESTAMPTZ"
    return f"CASE WHEN length({x}) <= 10 THEN ({local})::TIMESTAMPTZ ELSE timezone({literal(timezone)}, {local}) END"


def _sensible(parsed: str) -> str:
    return f"CASE WHEN year({parsed}) BETWEEN 1900 AND 2199 THEN {parsed} END"


def _tidied(x: str) -> str:
    """Without a weekday, "klo", a comma or "T" between; "9.15" after a date is a time; a.m. as AM."""
    t = f"regexp_replace(lower({x}), {literal(_WEEKDAY)}, '')"
    t = f"regexp_replace({t}, ',?\\s+(klo|kl|kello|at)\\.?\\s*|,\\s+', ' ', 'g')"
    t = f"regexp_replace({t}, '(\\d)t(\\d)', '\\1 \\2')"
    t = f"regexp_replace({t}, '\\s(\\d{{1,2}})\\.(\\d{{2}})(?:\\.(\\d{{2}}))?$', ' \\1:\\2')"
    t = f"regexp_replace({t}, '([ap])\\.?m\\.?$', '\\1m')"
    return f"upper(regexp_replace({t}, '\\s+', ' ', 'g'))"
