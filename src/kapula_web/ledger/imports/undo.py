"""Taking an import back, exactly: added rows go, changed rows are again what they were. One transaction."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from kapula.connectors.contract import Plan
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger import snapshot
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.imports import declare
from kapula_web.ledger.imports.dialect import dialect, execute, fetch, lock
from kapula_web.ledger.imports.errors import UndoBlocked, WrongState
from kapula_web.ledger.imports.run import TABLE_OF_SHAPE
from kapula_web.ledger.imports.targets import TARGETS, Target
from kapula_web.ledger.imports.write import name_changes
from kapula_web.ledger.models import Import, QuestionVersion, RejectedRow, RowVersion, Source


def undo(*, run: Import, actor: User | None) -> Import:
    """Take back a finished import. Raises :class:`WrongState` and :class:`UndoBlocked`; then nothing has changed."""
    with dialect().long_write():
        Source.objects.select_for_update().get(pk=run.source_id)
        run = Import.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=run.pk)
        if run.state != Import.State.DONE:
            raise WrongState(f"The import is {run.state}.", hint="Only a finished import is undone.", state=run.state)
        target = TARGETS[TABLE_OF_SHAPE[Plan.from_dict(run.plan).shape]]
        _refuse_if_built_upon(run, target)
        _lock(run, target)
        _name(run, target)
        _restore(run, target)
        _remove(run, target)
        _versions_back(run)
        run.state, run.undone_at = Import.State.UNDONE, timezone.now()
        run.save(update_fields=["state", "undone_at"])
        counts = {"removed": run.added, "restored": run.updated}
        record(
            organisation=run.organisation, actor=actor, action="import.undone", about=run, file=run.file_name, **counts
        )
    if not connection.in_atomic_block:
        snapshot.refresh(run.organisation_id)
    return run


def blocker(run: Import) -> Import | None:
    """The latest later import that changed rows this one added or changed: it has to be undone first."""
    target = TARGETS[TABLE_OF_SHAPE[Plan.from_dict(run.plan).shape]]
    row, table = _name_of("row"), _name_of("table")
    later = fetch(
        f"SELECT max(v.import_run_id) FROM ledger_rowversion v WHERE v.{table} = %(table)s AND v.import_run_id <> %(run)s "
        f"AND (EXISTS (SELECT 1 FROM {target.sql} r WHERE r.id = v.{row} AND r.import_run_id = %(run)s) "
        f"OR EXISTS (SELECT 1 FROM ledger_rowversion mine WHERE mine.import_run_id = %(run)s "
        f"AND mine.{table} = v.{table} AND mine.{row} = v.{row} AND mine.id < v.id))",
        run=run.pk,
        table=target.table,
    )
    return Import.objects.filter(pk=later[0][0]).first() if later[0][0] else None


def _refuse_if_built_upon(run: Import, target: Target) -> None:
    later = blocker(run)
    if later is not None:
        raise UndoBlocked(
            f"{later.file_name} has since changed the same rows.",
            hint="Undo that import first.",
            file=later.file_name,
            import_id=later.pk,
        )


def _lock(run: Import, target: Target) -> None:
    """All rows that will change or go, before their comments and kept versions (kapula_web.ledger.comments)."""
    changed = f"SELECT {_name_of('row')} FROM ledger_rowversion WHERE import_run_id = %(run)s"
    rows = f"import_run_id = %(run)s OR id IN ({changed})"
    lock(target.sql, rows, run=run.pk)
    if target.table == "responses":  # all at once: what was made of comments is taken after the first of them have gone
        lock("ledger_comment", f"response_id IN (SELECT id FROM {target.sql} WHERE {rows})", run=run.pk)


def _name(run: Import, target: Target) -> None:
    added = f"SELECT id FROM {target.sql} WHERE import_run_id = {int(run.pk)}"
    changed = f"SELECT {_name_of('row')} AS id FROM ledger_rowversion WHERE import_run_id = {int(run.pk)}"
    name_changes(run.organisation, target.table, added)
    name_changes(run.organisation, target.table, changed)


def _restore(run: Import, target: Target) -> None:
    spoken = dialect()
    columns = [column for column in target.columns if column.name not in target.key]
    settings = ", ".join(f"{column.field} = {spoken.member(column.name, column.kind)}" for column in columns)
    mine = f"v.import_run_id = %(run)s AND v.{_name_of('table')} = '{target.table}' AND v.{_name_of('row')}"
    execute(f"UPDATE {target.sql} SET {settings} FROM ledger_rowversion v WHERE {mine} = {target.sql}.id", run=run.pk)
    if target.table == "responses":
        remove_comments(
            f"response_id IN (SELECT {_name_of('row')} FROM ledger_rowversion "
            "WHERE import_run_id = %(run)s) AND NOT EXISTS (SELECT 1 FROM ledger_rowversion v, "
            f"{spoken.members('comments')} said WHERE {mine} = ledger_comment.response_id "
            "AND said.key = ledger_comment.question AND said.value = ledger_comment.text)",
            organisation_id=run.organisation_id,
            run=run.pk,
        )
        execute(
            "INSERT INTO ledger_comment (response_id, question, text, language) "
            f"SELECT v.{_name_of('row')}, said.key, said.value, '' FROM ledger_rowversion v, {spoken.members('comments')} said "
            "WHERE v.import_run_id = %(run)s ON CONFLICT DO NOTHING",
            run=run.pk,
        )
    RowVersion.objects.filter(import_run=run).delete()


def _remove(run: Import, target: Target) -> None:
    if target.table == "responses":
        remove_comments(
            "response_id IN (SELECT id FROM ledger_response WHERE import_run_id = %(run)s)",
            organisation_id=run.organisation_id,
            run=run.pk,
        )
    execute(f"DELETE FROM {target.sql} WHERE import_run_id = %(run)s", run=run.pk)
    RejectedRow.objects.filter(import_run=run).delete()


def _versions_back(run: Import) -> None:
    """Scales and wordings that only this file told of are forgotten; a question keeps at least its first declaration."""
    told = QuestionVersion.objects.filter(import_run=run).select_related("question")
    for version in told:
        if version.question.versions.count() > 1:
            version.delete()
            declare.refresh(version.question)


def _name_of(word: str) -> str:
    return connection.ops.quote_name(word)
