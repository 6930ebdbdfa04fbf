"""Moving the staged rows into the ledger: changed rows keep their older version, new rows come in by one INSERT.

Everything here runs inside the import's one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.changes import changed
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.imports.compare import Coverage, among
from kapula_web.ledger.imports.dialect import dialect, execute, fetch, lock
from kapula_web.ledger.imports.targets import Column, Target

STRETCH = 10_000
"""Changed rows are named to the snapshot by blocks of this many ids, so that a few far-apart rows do not name everything between."""


@dataclass(frozen=True, slots=True)
class Written:
    added: int
    updated: int
    unchanged: int


def write(found: Coverage, *, import_id: int, organisation: Organisation, now: datetime) -> Written:
    """Staged rows → ledger. Returns how many were added, updated and left as they were."""
    staged = _count("SELECT count(*) FROM stage_rows")
    updated = _update(found, import_id, organisation)
    added = _insert(found, import_id, organisation, now)
    return Written(added, updated, staged - added - updated)


def _update(found: Coverage, import_id: int, organisation: Organisation) -> int:
    count = _count("SELECT count(*) FROM stage_changed")
    if not count:
        return 0
    target = found.target
    lock(target.sql, "id IN (SELECT row_id FROM stage_changed)")
    execute(
        f"INSERT INTO ledger_rowversion (import_run_id, {_quoted('table')}, {_quoted('row')}, before) "
        f"SELECT %(run)s, %(table)s, r.id, {before(target)} "
        f"FROM {target.sql} r JOIN stage_changed m ON m.row_id = r.id",
        run=import_id,
        table=target.table,
    )
    if found.columns:
        settings = ", ".join(f"{column.field} = {_new_value(found, column)}" for column in found.columns)
        execute(
            f"UPDATE {target.sql} SET {settings} FROM stage_changed m JOIN stage_rows s ON s.seq = m.seq {found.joins} "
            f"WHERE {target.sql}.id = m.row_id",
            **found.scope,
        )
    if found.comments:
        _replace_comments(found, organisation.pk)
    name_changes(organisation, target.table, "SELECT row_id AS id FROM stage_changed")
    return count


def _new_value(found: Coverage, column: Column) -> str:
    if column.kind == "merged":
        return dialect().patch(f"{found.target.sql}.{column.field}", f"s.{column.name}")
    return found.value(column)


def before(target: Target) -> str:
    """SQL of a row ``r`` as a JSON object: what :mod:`undo` puts back."""
    members = [f"'{column.name}', {_kept(column)}" for column in target.columns if column.name not in target.key]
    if target.table == "responses":
        collected = f"SELECT {dialect().collect}(k.question, k.text) FROM ledger_comment k WHERE k.response_id = r.id"
        members.append(f"'comments', {dialect().no_members(f'({collected})')}")
    return f"{dialect().object}({', '.join(members)})"


def _kept(column: Column) -> str:
    # SQLite would keep the object as a quoted text otherwise.
    nested = column.kind == "merged" and connection.vendor == "sqlite"
    return f"json(r.{column.field})" if nested else f"r.{column.field}"


def _replace_comments(found: Coverage, organisation_id: int) -> None:
    """Comments that were not said again go, new ones come; those that stand keep their id and with it their analysis."""
    remove_comments(
        f"question IN ({among(found.comments)}) "
        "AND response_id IN (SELECT row_id FROM stage_changed) "
        "AND NOT EXISTS (SELECT 1 FROM stage_changed m JOIN stage_comments c ON c.seq = m.seq "
        "WHERE m.row_id = ledger_comment.response_id AND c.question = ledger_comment.question "
        "AND c.text = ledger_comment.text)",
        organisation_id=organisation_id,
    )
    execute(
        "INSERT INTO ledger_comment (response_id, question, text, language) "
        "SELECT m.row_id, c.question, c.text, '' FROM stage_changed m JOIN stage_comments c ON c.seq = m.seq "
        "WHERE true ON CONFLICT DO NOTHING"
    )


def _insert(found: Coverage, import_id: int, organisation: Organisation, now: datetime) -> int:
    target = found.target
    base = _last_id(target)
    scope = found.scope | {"base": base, "run": import_id, "now": now}
    own = {"id": dialect().new_id, "organisation_id": "%(organisation)s", "import_run_id": "%(run)s"}
    if target.of_source:
        own |= {"source_id": "%(source)s", "received_at": "%(now)s"}
    columns = own | {column.field: found.new_value(column) for column in target.columns}
    new = "FROM stage_rows s LEFT JOIN stage_match m ON m.seq = s.seq"
    added = execute(
        f"INSERT INTO {target.sql} ({', '.join(columns)}) SELECT {', '.join(columns.values())} {new} {found.joins} "
        "WHERE m.seq IS NULL ORDER BY s.seq ON CONFLICT DO NOTHING",
        **scope,
    )
    if not added:
        return 0
    if target.table == "responses":
        _insert_comments(target, scope, all_new=added == _count("SELECT count(*) FROM stage_rows"))
    # Only ids of this import: in PostgreSQL others may have taken ids in between, and naming too much is harmless.
    for first, last in fetch(f"SELECT min(id), max(id) FROM {target.sql} WHERE import_run_id = %(run)s", run=import_id):
        changed(organisation=organisation, table=target.table, first_id=first, last_id=last)
    return added


def _insert_comments(target: Target, scope: dict[str, object], *, all_new: bool) -> None:
    """Comments of the rows just added. Where a row was not added (it was there already) its comments are left out too."""
    there = "" if all_new else f"WHERE EXISTS (SELECT 1 FROM {target.sql} r WHERE r.id = {dialect().new_id})"
    only_new = "" if all_new else "AND NOT EXISTS (SELECT 1 FROM stage_match m WHERE m.seq = s.seq)"
    execute(
        "INSERT INTO ledger_comment (response_id, question, text, language) "
        f"SELECT {dialect().new_id}, c.question, c.text, '' FROM stage_comments c JOIN stage_rows s ON s.seq = c.seq "
        f"{there} {only_new} ORDER BY c.seq ON CONFLICT DO NOTHING",
        **scope,
    )


def name_changes(organisation: Organisation, table: str, ids: str) -> None:
    """Tell the snapshot of the rows ``ids`` selects, block by block."""
    for first, last in fetch(f"SELECT min(id), max(id) FROM ({ids}) touched GROUP BY id / {STRETCH}"):
        changed(organisation=organisation, table=table, first_id=first, last_id=last)


def _last_id(target: Target) -> int:
    if connection.vendor != "sqlite":
        return 0
    ever = fetch("SELECT seq FROM sqlite_sequence WHERE name = %(name)s", name=target.sql)
    highest = fetch(f"SELECT max(id) FROM {target.sql}")
    return max(int(ever[0][0]) if ever else 0, int(highest[0][0] or 0))


def _count(sql: str) -> int:
    return int(fetch(sql)[0][0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
