"""Which staged rows are new, which say what the ledger already says, and which say something else.

A file speaks only of the columns its plan covers: a column it does not have is never blanked in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kapula.connectors.contract import Plan
from kapula_web.ledger.imports.dialect import dialect, execute, fetch
from kapula_web.ledger.imports.targets import Column, Target

_MERGED_BY = {"answers": ("score", "answer"), "attributes": ("attribute",)}
_ALWAYS = frozenset({"value"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the file speaks of: columns of the target beside its key, and the questions whose comments it brings."""

    target: Target
    columns: tuple[Column, ...]
    comments: tuple[str, ...] = ()
    scope: dict[str, int] = field(default_factory=dict)
    merging: bool = True

    @property
    def joins(self) -> str:
        """From the codes of teams and touchpoints to their ids; those the ledger does not know yet have none."""
        found = []
        if self.target.kinds("team"):
            found.append("LEFT JOIN accounts_team t ON t.organisation_id = %(organisation)s AND t.code = s.team")
        if self.target.kinds("touchpoint"):
            found.append(
                "LEFT JOIN ledger_touchpoint p ON p.organisation_id = %(organisation)s AND p.code = s.touchpoint"
            )
        return " ".join(found)

    def value(self, column: Column) -> str:
        """The staged value, with the default where the file is silent."""
        name = {"team": "t.id", "touchpoint": "p.id"}.get(column.kind, f"s.{column.name}")
        return name if column.default == "NULL" else f"coalesce({name}, {column.default})"

    def new_value(self, column: Column) -> str:
        """The value of a new row: where files are merged, a staged object names its blank members, which a new row does not have."""
        if column.kind == "merged" and self.merging:
            return dialect().patch("'{}'", f"s.{column.name}")
        return self.value(column)


def coverage(target: Target, plan: Plan, *, organisation: int, source: int, merging: bool) -> Coverage:
    """``organisation`` and ``source`` are ids; staged comments are looked at, for a long file names its questions in its rows."""
    roles = {column.role for column in plan.columns}
    covered = tuple(c for c in target.columns if c.name not in target.key and _covers(c, roles, plan))
    planned = {column.question for column in plan.role("comment") if column.question}
    staged = {str(row[0]) for row in fetch("SELECT DISTINCT question FROM stage_comments")}
    scope = {"organisation": organisation, "source": source}
    return Coverage(target, covered, tuple(sorted(planned | staged)), scope, merging)


def _covers(column: Column, roles: set[str], plan: Plan) -> bool:
    if column.name in _MERGED_BY:
        return bool(roles.intersection(_MERGED_BY[column.name]))
    return column.name in roles or column.name in _ALWAYS or any(key.endswith(column.name) for key in plan.options)


def compare(found: Coverage) -> None:
    """Fill ``stage_match``: for every staged row the ledger already has, its id there and whether it says something else; and
    ``stage_changed``: each row of the ledger that changes, with the staged row that changes it."""
    execute("DELETE FROM stage_match")
    execute("DELETE FROM stage_changed")
    same_source = "AND r.source_id = %(source)s" if found.target.of_source else ""
    keys = " AND ".join(_same_key(found, found.target.column(name)) for name in found.target.key)
    differences = [_differs(found, column) for column in found.columns] + _comments_differ(found)
    changed = " OR ".join(differences) or "1 = 0"
    yes, no = ("1", "0") if dialect().types["flag"] == "integer" else ("true", "false")
    execute(
        f"INSERT INTO stage_match SELECT s.seq, r.id, CASE WHEN {changed} THEN {yes} ELSE {no} END "
        f"FROM stage_rows s {found.joins} JOIN {found.target.sql} r "
        f"ON r.organisation_id = %(organisation)s {same_source} AND {keys}",
        **found.scope,
    )
    execute("INSERT INTO stage_changed SELECT row_id, min(seq) FROM stage_match WHERE changed GROUP BY row_id")


def _same_key(found: Coverage, column: Column) -> str:
    value = found.value(column)
    if column.kind in {"team", "touchpoint"}:
        known = f"(s.{column.name} IS NULL OR {value} IS NOT NULL)"
        return f"coalesce(r.{column.field}, 0) = coalesce({value}, 0) AND {known}"
    return f"r.{column.field} = {value}"


def _differs(found: Coverage, column: Column) -> str:
    spoken = dialect()
    if column.kind == "merged":
        held = f"r.{column.field}"
        return f"{spoken.patch(held, f's.{column.name}')} {spoken.differs} {spoken.same_object(held)}"
    # A code the ledger does not know yet has no id and must still count as a difference.
    unknown = (
        f"(s.{column.name} IS NOT NULL AND {found.value(column)} IS NULL) OR " if column.field != column.name else ""
    )
    return f"({unknown}r.{column.field} {spoken.differs} {found.value(column)})"


def _comments_differ(found: Coverage) -> list[str]:
    if not found.comments:
        return []
    held = "SELECT 1 FROM ledger_comment k WHERE k.response_id = r.id"
    said = "SELECT 1 FROM stage_comments c WHERE c.seq = s.seq"
    same = "k.question = c.question AND k.text = c.text"
    return [
        f"EXISTS ({said} AND NOT EXISTS ({held} AND {same}))",
        f"EXISTS ({held} AND k.question IN ({among(found.comments)}) AND NOT EXISTS ({said} AND {same}))",
    ]


def among(texts: tuple[str, ...]) -> str:
    """Texts as SQL literals. ``%`` is doubled, for the statement goes through parameter formatting."""
    return ", ".join("'" + text.replace("'", "''").replace("%", "%%") + "'" for text in texts)
