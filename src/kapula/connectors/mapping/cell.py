"""One output of the mapping: how a cell of the file becomes a value, and why it may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.cells import is_blank, label_code, label_text, literal, literals, number

LIMITS = {"external_id": 120, "customer": 120, "account": 120, "team": 80, "touchpoint": 80, "channel": 40, "segment": 80, "kind": 60}
"""The longest text each place in the ledger takes."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``output``: its column in the result. ``sql``: its value, over ``work`` columns and trimmed cells. ``reason``: SQL of a rejection
    code or null, over the outputs too. ``column`` and ``source``: the file's column it is read from and the trimmed cell there."""

    output: str
    sql: str
    reason: str | None = None
    column: str = ""
    source: str = "NULL"
    work: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is common to the file: its decimal mark, its texts for "no answer" and the zone of its times."""

    decimal: str = "."
    blanks: tuple[str, ...] = ()
    timezone: str | None = None


def numeric(plan: ColumnPlan, cell: str, output: str, reading: Reading, *, off: str = "off_scale") -> Cell:
    """A number within the column's declared bounds; its missing codes, as texts or as numbers, are blank."""
    parsed = f"n_{cell}"
    codes = _numbers(plan.missing)
    known = f"{parsed} IN ({', '.join(map(str, codes))})" if codes else "FALSE"
    beyond = [f"{parsed} < {plan.low}"] * (plan.low is not None) + [f"{parsed} > {plan.high}"] * (plan.high is not None)
    reason = (
        f"CASE WHEN {parsed} IS NULL THEN CASE WHEN NOT {_absent(plan, cell, reading)} THEN 'not_a_number' END "
        f"WHEN {known} THEN NULL WHEN {' OR '.join(beyond) or 'FALSE'} THEN {literal(off)} END"
    )
    return Cell(
        output,
        f"CASE WHEN NOT {known} THEN {parsed} END",
        reason,
        plan.column,
        cell,
        {parsed: number(label_code(cell, plan.labels), reading.decimal)},
    )


def text(plan: ColumnPlan, cell: str, output: str, reading: Reading) -> Cell:
    """Text as it stands, a labelled code as its label; refused when longer than its place."""
    value = f"x_{cell}"
    limit = LIMITS.get(output)
    reason = f"CASE WHEN length({value}) > {limit} THEN 'too_long' END" if limit else None
    work = {value: f"CASE WHEN NOT {_absent(plan, cell, reading)} THEN {label_text(cell, plan.labels)} END"}
    return Cell(output, value, reason, plan.column, cell, work)


def flag(plan: ColumnPlan, cell: str, output: str, reading: Reading) -> Cell:
    """Yes or no, in the words and codes people use."""
    value = f"b_{cell}"
    sql = (
        f"CASE WHEN {_absent(plan, cell, reading)} THEN NULL "
        f"WHEN lower({cell}) IN ({literals(YES)}) THEN TRUE WHEN lower({cell}) IN ({literals(NO)}) THEN FALSE END"
    )
    reason = f"CASE WHEN {value} IS NULL AND NOT {_absent(plan, cell, reading)} THEN 'not_a_flag' END"
    return Cell(output, value, reason, plan.column, cell, {value: sql})


def lookup(plan: ColumnPlan, cell: str, output: str, reading: Reading, words: Mapping[str, Sequence[str]], code: str | None) -> Cell:
    """One of the declared words; unknown ones are refused with ``code``, or kept in lower case when it is None."""
    value = f"l_{cell}"
    cases = " ".join(f"WHEN lower({cell}) IN ({literals([meaning, *spoken])}) THEN {literal(meaning)}" for meaning, spoken in words.items())
    otherwise = "NULL" if code else f"left(lower({label_text(cell, plan.labels)}), 5)"
    absent = _absent(plan, cell, reading)
    reason = f"CASE WHEN {value} IS NULL AND NOT {absent} THEN {literal(code)} END" if code else None
    return Cell(output, value, reason, plan.column, cell, {value: f"CASE WHEN {absent} THEN NULL {cases} ELSE {otherwise} END"})


def constant(output: str, sql: str) -> Cell:
    return Cell(output, sql)


YES = ("1", "true", "t", "yes", "y", "kyllä", "k", "ja", "j", "x", "aktiivinen", "active", "aktiv", "tosi", "on")
NO = ("0", "false", "f", "no", "n", "ei", "e", "nej", "passiivinen", "inactive", "inaktiv", "epätosi", "off", "churned", "poistunut")
LANGUAGES = {
    "fi": ("fin", "suomi", "finnish", "finska", "fi-fi"),
    "sv": ("swe", "ruotsi", "swedish", "svenska", "se", "sv-fi", "sv-se"),
    "en": ("eng", "englanti", "english", "engelska", "en-gb", "en-us"),
}
PERSPECTIVES = {
    "customer": ("asiakas", "kund", "cx"),
    "employee": ("työntekijä", "henkilöstö", "medarbetare", "personal", "ex"),
    "mystery": ("mystery shopping", "haamuasiakas", "havainnointi", "observation"),
}


def _absent(plan: ColumnPlan, cell: str, reading: Reading) -> str:
    return is_blank(cell, tuple(dict.fromkeys((*reading.blanks, *plan.missing))))


def _numbers(texts: Sequence[str]) -> list[float]:
    found = []
    for item in texts:
        try:
            found.append(float(item.strip().replace(",", ".").replace("−", "-")))
        except ValueError:
            continue
    return found
