"""The text files: three encodings, two separators, decimal commas, Finnish dates, and a few wrong rows on purpose."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from kapula.example.files.finnish import DO_NOT_KNOW, HELSINKI, day, is_at, labels, number, survey_rows
from kapula.example.world import World

OFF_SCALE_EVERY: Final = 997
"""Every so manieth row of kohtaamiskysely.csv has 11 as its NPS answer."""
NO_SUCH_DATE_EVERY: Final = 1499
"""Every so manieth row of kohtaamiskysely.csv is dated 31 February."""


def write_contacts(path: Path, world: World) -> None:
    """The last year's touchpoint answers: cp1252, semicolons, d.m.yyyy, 99 for "don't know", stray spaces in the header."""
    organisation = world.organisation
    since = datetime.combine(world.end - timedelta(days=365), datetime.min.time(), HELSINKI)
    recent = pc.and_(
        is_at(world, "source", "touchpoint_survey"), pc.greater(world.responses["occurred_at"], pa.scalar(since))
    )
    teams, places, segments = (
        labels(organisation.teams),
        labels(organisation.touchpoints),
        labels(organisation.segments),
    )
    header = (
        "Vastaus ID", " Päivä", "Asiakasnro", "Kohtaamispiste ", "Tiimi", "Kanava", "Segmentti", "Kieli", "Suosittelu 0-10",
        "Tyytyväisyys 1-5", "Helppous 1-7", "Hoituiko kerralla", "Avoin palaute",
    )  # fmt: skip

    def line(number_: int, row: dict[str, Any]) -> list[str]:
        nps = "11" if number_ % OFF_SCALE_EVERY == 0 else _answer(row["answer_nps"], number_)
        when = f"31.2.{row['occurred_at'].year}" if number_ % NO_SUCH_DATE_EVERY == 0 else day(row["occurred_at"])
        solved = {None: "", 0.0: "Ei", 1.0: "Kyllä"}[row["answer_fcr"]]
        return [
            row["external_id"], when, row["customer"], places[row["touchpoint"]], teams[row["team"]], row["channel"],
            segments[row["segment"]], row["language"], nps, number(row["answer_csat"]), number(row["answer_ces"]), solved, row["comment"],
        ]  # fmt: skip

    rows = (line(i, row) for i, row in enumerate(survey_rows(world, recent), start=1))
    _write(path, header, rows, "cp1252", ";")


def write_chat(path: Path, world: World) -> None:
    """Every chat answer as a Windows program exports "Unicode text": UTF-16 with tabs, date and time in one cell."""
    chat = pc.and_(is_at(world, "source", "touchpoint_survey"), is_at(world, "touchpoint", "chat"))
    header = ("Keskustelu", "Aika", "Arvosana", "Vaivattomuus", "Kommentti")

    def line(row: dict[str, Any]) -> list[str]:
        local = row["occurred_at"].astimezone(HELSINKI)
        when = f"{day(local)} klo {local:%H.%M}"
        return [row["external_id"], when, number(row["answer_csat"]), number(row["answer_ces"]), row["comment"]]

    _write(path, header, map(line, survey_rows(world, chat)), "utf-16-le", "\t")


def write_queue(path: Path, world: World) -> None:
    """The phone system's weekly report: UTF-8 with a byte-order mark, semicolons, seconds with a decimal comma, by team."""
    teams = labels(world.organisation.teams)
    table = world.observations.filter(pc.equal(world.observations["measure"], "queue_seconds")).to_pylist()
    rows = ([day(row["period"]), teams[row["team"]], number(row["value"], 1), str(row["n"])] for row in table)
    _write(path, ("Viikko alkaen", "Tiimi", "Jonotusaika ka (s)", "Puhelut kpl"), rows, "utf-8-sig", ";")


def write_accounts(path: Path, world: World) -> None:
    """Firm accounts by quarter from the customer system: cp1252, euros with a decimal comma, K or E for active."""
    table = world.outcomes.filter(pc.is_valid(world.outcomes["account"])).to_pylist()
    rows = (
        [row["account"], day(row["period"]), number(row["revenue"], 2), "K" if row["active"] else "E"] for row in table
    )
    _write(path, ("Asiakasnumero", "Neljännes alkaen", "Liikevaihto €", "Voimassa"), rows, "cp1252", ";")


def _answer(value: float | None, number_: int) -> str:
    """Half of the unanswered are blank, half carry the code of "don't know"."""
    return number(value) if value is not None else DO_NOT_KNOW if number_ % 2 else ""


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str, separator: str) -> None:
    """Lines end as in Windows; what the encoding lacks becomes a question mark, as the old programs do."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    path.write_bytes(mark + text.getvalue().encode(encoding, errors="replace"))
