"""Small files and steps that the tests of imports share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from kapula.connectors.contract import ColumnPlan, Plan
from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.ledger.imports.receive import receive, source_for
from kapula_web.ledger.imports.run import confirm
from kapula_web.ledger.models import Import

SURVEY = """Vastaustunnus;Päivä;Tiimi;Kohtaamispiste;Suosittelu;Avoin palaute
A1;1.3.2026;Turku;Puhelin;9;Nopea ja ystävällinen
A2;2.3.2026;Turku;Puhelin;0;Jonotin tunnin
A3;3.3.2026;Oulu;Verkko;7;
A4;4.3.2026;Oulu;Verkko;;Ei löytynyt laskua
"""

QUEUES = """Mittari;Kohtaamispiste;Viikko;Arvo;Määrä
jonoaika;Puhelin;2026-W10;4,5;120
jonoaika;Puhelin;2026-W11;6,25;131
"""


def text_of(rows: Iterable[str]) -> str:
    return "\n".join([SURVEY.splitlines()[0], *rows]) + "\n"


def received(
    organisation: Organisation,
    content: str | bytes | Path,
    name: str = "kysely.csv",
    code: str = "kysely",
    actor: User | None = None,
) -> Import:
    """The file as it waits for its mapping to be agreed with."""
    if isinstance(content, Path):
        name, content = content.name, content.read_bytes()
    data = content.encode() if isinstance(content, str) else content
    source = source_for(organisation=organisation, code=code)
    return receive(organisation=organisation, source=source, name=name, chunks=[data], actor=actor)


def imported(
    organisation: Organisation,
    content: str | bytes | Path,
    name: str = "kysely.csv",
    code: str = "kysely",
    plan: Callable[[Plan], Plan] = lambda plan: plan,
    actor: User | None = None,
) -> Import:
    """The file taken in with the suggested plan, or what ``plan`` makes of it."""
    run = received(organisation, content, name, code, actor)
    confirm(run=run, plan=plan(Plan.from_dict(run.plan)), actor=actor)
    jobs.run_due()
    run.refresh_from_db()
    return run


def corrected(plan: Plan, **changes: dict[str, object]) -> Plan:
    """The plan with columns changed by name: ``corrected(plan, NETPRO={"missing": ("11",)})``."""
    columns = {column.column: column for column in plan.columns}
    for name, values in changes.items():
        columns[name] = replace(columns.get(name, ColumnPlan(name, "ignore")), **values)  # type: ignore[arg-type]
    return replace(plan, columns=tuple(columns.values()))


def series(plan: Plan) -> Plan:
    """QUEUES as an operational series: each row names its measure."""
    roles = {"Mittari": "measure", "Kohtaamispiste": "touchpoint", "Viikko": "period", "Arvo": "value", "Määrä": "n"}
    weeks = {"Viikko": "week:yw"}
    columns = tuple(ColumnPlan(name, role, date_format=weeks.get(name)) for name, role in roles.items())
    return replace(plan, shape="observations", columns=columns, options=plan.options | {"grain": "week"})


WITH_ERRORS = SURVEY + "A5;31.2.2026;Oulu;Verkko;8;\nA6;5.3.2026;Oulu;Verkko;kymmenen;Hyvä\n"
"""A survey of which two rows cannot be taken in: a day that is none, and an answer in letters."""


def as_survey(plan: Plan) -> Plan:
    """SURVEY's columns as a person would confirm them, however few rows there are to tell them by."""
    score = {"role": "score", "question": "suosittelu", "low": 0.0, "high": 10.0}
    return corrected(plan, Suosittelu=score, Päivä={"role": "occurred_at", "date_format": "%d.%m.%Y"})
