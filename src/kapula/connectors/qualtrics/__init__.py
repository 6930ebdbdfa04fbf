"""Qualtrics exports: three header rows (codes, question texts, ImportIds), test answers set apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import pyarrow as pa

from kapula.connectors.qualtrics.source import QualtricsSource
from kapula.connectors.registry import register
from kapula.connectors.source import Field, Source
from kapula.connectors.tabular import TabularConnector

ROLES = {
    "responseid": "external_id", "enddate": "occurred_at", "recordeddate": "received_at", "externalreference": "customer",
    "externaldatareference": "customer", "distributionchannel": "channel", "userlanguage": "language",
    "startdate": "ignore", "status": "ignore", "ipaddress": "ignore", "recipientlastname": "ignore",
    "recipientfirstname": "ignore", "recipientemail": "ignore", "locationlatitude": "ignore", "locationlongitude": "ignore",
    "progress": "attribute", "finished": "attribute", "duration (in seconds)": "attribute",
}  # fmt: skip


class QualtricsConnector(TabularConnector):
    """Options: those of the file's own format."""

    name = "qualtrics"
    layout: ClassVar[dict[str, Any]] = {"header_rows": 3}

    def signs(self, names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> float:
        """The third header row says ImportId."""
        return 0.97 if any("importid" in cell.casefold() for row in rows[:2] for cell in row) else 0.0

    def arrange(self, source: Source) -> Source:
        return QualtricsSource(source)

    def know(self, fields: tuple[Field, ...], head: pa.Table) -> tuple[Field, ...]:
        return tuple(replace(field, role=_role(field.name)) for field in fields)


def _role(name: str) -> str | None:
    key = name.casefold()
    if key.endswith("_nps_group"):
        return "ignore"
    return "comment" if key.endswith("_text") else ROLES.get(key)


register(QualtricsConnector())
