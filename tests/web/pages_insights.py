"""Pages of the measurement model, measures and the overview."""

from __future__ import annotations

from typing import Any

from analysis_frames import NAME, answered, asked, registered
from insights_data import a_model_measure, answers
from pages import Page

from kapula_web.accounts.models import Organisation


def measured(organisation: Organisation) -> dict[str, Any]:
    answers(organisation)
    return {"code": a_model_measure(organisation).code}


def picture(organisation: Organisation) -> dict[str, Any]:
    return measured(organisation) | {"chart": "trend", "kind": "svg"}


def table(organisation: Organisation) -> dict[str, Any]:
    return measured(organisation) | {"kind": "csv"}


def archived(organisation: Organisation) -> dict[str, Any]:
    return {"code": a_model_measure(organisation, archived=True).code}


def upwards(organisation: Organisation) -> dict[str, Any]:
    return {"code": a_model_measure(organisation).code, "way": "up"}


def standing(organisation: Organisation) -> dict[str, Any]:
    return {"code": a_model_measure(organisation).code}


def question(organisation: Organisation) -> dict[str, Any]:
    asked(organisation)
    return {"name": NAME}


def told(organisation: Organisation) -> dict[str, Any]:
    answered(organisation)
    return {"name": NAME}


def told_table(organisation: Organisation) -> dict[str, Any]:
    return told(organisation) | {"number": 1, "kind": "csv"}


def told_picture(organisation: Organisation) -> dict[str, Any]:
    return told(organisation) | {"chart": "mean", "kind": "svg"}


def every_question(organisation: Organisation) -> dict[str, Any]:
    registered()
    return {}


PAGES = [
    Page("insights:overview", "see"),
    Page("insights:model", "see"),
    Page("insights:model_download", "see", looks=False),
    Page("insights:model_file", "model", posts=True),
    Page("insights:create", "model", posts=True),
    Page("insights:change", "model", make=standing, posts=True),
    Page("insights:move", "model", make=upwards, method="POST"),
    Page("insights:archive", "model", make=standing, method="POST"),
    Page("insights:restore", "model", make=archived, method="POST"),
    Page("insights:review", "lead", make=standing, method="POST"),
    Page("insights:measure", "see", make=measured),
    Page("insights:rows", "see_rows", make=measured),
    Page("insights:table", "see", make=table, looks=False),
    Page("insights:picture", "see", make=picture, looks=False),
    Page("insights:questions", "see", make=every_question),
    Page("insights:analysis", "see", make=told),
    Page("insights:analysis_again", "see", make=question, method="POST"),
    Page("insights:analysis_table", "see", make=told_table, looks=False),
    Page("insights:analysis_picture", "see", make=told_picture, looks=False),
]
