"""``kapula import``: a file into an organisation's ledger, by the same steps as on the page."""

from __future__ import annotations

import argparse
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kapula_cli import output

NAME = "import"
HELP = "Take a file (CSV, Excel, SPSS, Parquet) into an organisation's ledger."
JSON = True
CHUNK = 1 << 20
EVERY = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file to take in")
    parser.add_argument("--organisation", metavar="SLUG", required=True, help="whose ledger, as in /o/SLUG/")
    parser.add_argument("--source", metavar="CODE", required=True, help="where the file comes from; made if it is new")
    parser.add_argument(
        "--plan", metavar="YAML", help="how to read the file, instead of what is remembered or suggested"
    )
    parser.add_argument("--dry-run", action="store_true", help="read it all, say what would come in, change nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask before taking it in")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import setup

    setup()
    path = _file(args.file)
    organisation = _organisation(args.organisation)
    return _try(path, organisation, args) if args.dry_run else _import(path, organisation, args)


def _try(path: Path, organisation: Any, args: argparse.Namespace) -> int:
    from kapula import connectors
    from kapula_web.ledger.imports.mapping import suggested
    from kapula_web.ledger.models import Source

    known = Source.objects.filter(organisation=organisation, code=args.source).first()
    plan = _plan(args.plan) or suggested(connectors.peek(path), known or Source())[0]
    accepted, reasons, rejected = 0, Counter[str](), 0
    for batch in connectors.read(path, plan):
        accepted += batch.rows.num_rows
        rejected += len(batch.rejected)
        reasons.update(code for row in batch.rejected for code in {reason[1] for reason in row.reasons})
        _progress(batch.done, batch.total)
    _progress_ends()
    data = {
        "dry_run": True,
        "accepted": accepted,
        "rejected": rejected,
        "reasons": dict(reasons),
        "plan": plan.to_dict(),
    }
    output.answer(data, f"{_told(plan)}\n{accepted} rows would come in, {rejected} would not.{_because(reasons)}")
    return output.OK if accepted else output.NO


def _import(path: Path, organisation: Any, args: argparse.Namespace) -> int:
    from kapula.connectors import Plan
    from kapula_web.ledger.imports.forget import discard
    from kapula_web.ledger.imports.receive import receive, source_for
    from kapula_web.ledger.imports.run import confirm

    if not args.yes:
        _somebody_to_ask()
    plan = _plan(args.plan)
    source = source_for(organisation=organisation, code=args.source)
    received = receive(organisation=organisation, source=source, name=path.name, chunks=_chunks(path), actor=None)
    plan = plan or Plan.from_dict(received.plan)
    output.note(_told(plan))
    if not args.yes and not _agreed():
        discard(run=received, actor=None)
        output.note("Nothing was taken in.")
        return output.NO
    job = confirm(run=received, plan=plan, actor=None)
    return _answer(_followed(received, job.pk))


def _followed(received: Any, job_id: int) -> Any:
    """Do the work here, unless a running server's worker was quicker; follow it to its end either way."""
    from django.db import connection

    from kapula_web.jobs import services
    from kapula_web.ledger.models import Import

    def work() -> None:
        try:
            services.run(job_id)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    under_way = (Import.State.QUEUED, Import.State.RUNNING)
    while True:
        worker.join(EVERY)
        received.refresh_from_db()
        _progress(received.done, received.total)
        if not worker.is_alive() and received.state not in under_way:
            _progress_ends()
            return received


def _answer(done: Any) -> int:
    from kapula_web.ledger.imports.finish import outcome_of
    from kapula_web.ledger.models import Import

    if done.state != Import.State.DONE:
        output.fail(done.error.get("code", "import"), done.error.get("message", "The import did not succeed."))
        return output.USAGE
    outcome = outcome_of(done)
    reasons = Counter(reason[1] for row in done.rejected_rows.all()[:10_000] for reason in row.reasons)
    data = {"import": outcome.to_dict(), "source": done.source.code, "reasons": dict(reasons)}
    counts = (
        f"{outcome.added} added, {outcome.updated} updated, {outcome.unchanged} unchanged, {outcome.rejected} rejected."
    )
    output.answer(data, counts + _because(reasons))
    return output.OK


def _told(plan: Any) -> str:
    """The plan in short: what each column becomes."""
    lines = [f"Read as {plan.shape} by {plan.connector}:"]
    for column in plan.columns:
        if column.role in ("ignore", "attribute"):
            continue
        scale = f" {column.low:g}–{column.high:g}" if column.low is not None and column.high is not None else ""
        blank = f" (blank: {', '.join(column.missing)})" if column.missing else ""
        lines.append(f"  {column.column} → {column.role}{scale}{blank}")
    return "\n".join(lines)


def _because(reasons: Counter[str]) -> str:
    return "".join(f"\n  {code}: {count}" for code, count in reasons.most_common())


def _somebody_to_ask() -> None:
    if not sys.stdin.isatty():
        from kapula.errors import ParameterError

        raise ParameterError("Nobody is there to ask.", hint="Give --yes, or --dry-run to look first.", parameter="yes")


def _agreed() -> bool:
    sys.stderr.write("Take it in? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "k", "kyllä", "j", "ja"}


def _progress(done: int, total: int) -> None:
    """One line that renews itself in a terminal; nothing in a log."""
    if sys.stderr.isatty() and total:
        width = 30 * done // total
        sys.stderr.write(f"\r[{'=' * width}{' ' * (30 - width)}] {100 * done // total:3d} %")
        sys.stderr.flush()


def _progress_ends() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _file(name: str) -> Path:
    from kapula.connectors.errors import UnreadableError

    path = Path(name)
    if not path.is_file():
        raise UnreadableError(f"{name} is not a file.", hint="Check the path.", file=name)
    return path


def _plan(name: str | None) -> Any:
    if name is None:
        return None
    import yaml

    from kapula.connectors import Plan
    from kapula.connectors.errors import PlanError

    try:
        return Plan.from_dict(yaml.safe_load(_file(name).read_text(encoding="utf-8-sig")))
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        hint = "Save the plan of `kapula import FILE … --dry-run --json` and change it."
        raise PlanError(f"{name} is not a plan: {error}", hint=hint, file=name) from error


def _organisation(slug: str) -> Any:
    from kapula.errors import ParameterError
    from kapula_web.accounts.models import Organisation

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        slugs = sorted(Organisation.objects.values_list("slug", flat=True))
        raise ParameterError(
            f"There is no organisation {slug!r}.",
            hint=f"There are: {', '.join(slugs) or 'none yet'}.",
            parameter="organisation",
            value=slug,
            allowed=slugs,
        )
    return found
