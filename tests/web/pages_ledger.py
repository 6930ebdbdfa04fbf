"""Pages of data coming in."""

from __future__ import annotations

from typing import Any

from import_files import SURVEY, WITH_ERRORS, as_survey, imported, received
from pages import Page

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Import


def a_draft(organisation: Organisation) -> dict[str, Any]:
    return {"import_id": received(organisation, SURVEY).pk}


def a_finished_one(organisation: Organisation) -> dict[str, Any]:
    return {"import_id": imported(organisation, SURVEY).pk}


def a_failed_one(organisation: Organisation) -> dict[str, Any]:
    run = received(organisation, SURVEY)
    Import.objects.filter(pk=run.pk).update(state=Import.State.FAILED, error={"code": "unexpected"})
    return {"import_id": run.pk}


def one_with_errors(organisation: Organisation) -> dict[str, Any]:
    return {"import_id": imported(organisation, WITH_ERRORS, plan=as_survey).pk}


def a_rejected_row(organisation: Organisation) -> dict[str, Any]:
    run = imported(organisation, WITH_ERRORS, plan=as_survey)
    first = run.rejected_rows.first()
    assert first is not None
    return {"import_id": run.pk, "row_id": first.pk}


def a_source(organisation: Organisation) -> dict[str, Any]:
    return {"source_id": imported(organisation, SURVEY).source_id}


PAGES = [
    Page("ledger:home", "see"),
    Page("ledger:new", "import", posts=True),
    Page("ledger:import", "import", make=a_draft),
    Page("ledger:try", "import", method="POST", make=a_draft, looks=False),
    Page("ledger:start", "import", method="POST", make=a_draft, looks=False),
    Page("ledger:progress", "import", make=a_finished_one, looks=False),
    Page("ledger:retry", "import", method="POST", make=a_failed_one, looks=False),
    Page("ledger:undo", "import", method="POST", make=a_finished_one, looks=False),
    Page("ledger:discard", "import", method="POST", make=a_draft, looks=False),
    Page("ledger:delete_file", "import", method="POST", make=a_finished_one, looks=False),
    Page("ledger:rejected", "import", make=one_with_errors),
    Page("ledger:rejected_csv", "import", make=one_with_errors, looks=False),
    Page("ledger:rejected_xlsx", "import", make=one_with_errors, looks=False),
    Page("ledger:rejected_upload", "import", method="POST", make=one_with_errors, looks=False),
    Page("ledger:rejected_row", "import", method="POST", make=a_rejected_row, looks=False),
    Page("ledger:set_aside", "import", method="POST", make=a_rejected_row, looks=False),
    Page("ledger:source", "import", make=a_source),
    Page("ledger:forget_mapping", "import", method="POST", make=a_source, looks=False),
]
