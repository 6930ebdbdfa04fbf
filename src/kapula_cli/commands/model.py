"""``kapula model``: the measurement model as a file, out and in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kapula_cli import output

NAME = "model"
JSON = True
HELP = "Export an organisation's measurement model as YAML, or import it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("deed", choices=("export", "import"), help="write the file, or take it in")
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="the YAML file (default: - for the standard streams)"
    )
    parser.add_argument("--organisation", metavar="SLUG", help="which organisation, when there are several")
    parser.add_argument("--dry-run", action="store_true", help="import: say what would change, and change nothing")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import setup

    setup()
    organisation = _organisation(args.organisation)
    return _export(organisation, args.file) if args.deed == "export" else _import(organisation, args.file, args.dry_run)


def _export(organisation: Any, file: str) -> int:
    from kapula_web.insights import modelfile

    entries = modelfile.entries_of(organisation)
    text = modelfile.write(entries)
    if file != "-":
        Path(file).write_text(text, encoding="utf-8")
        output.answer({"file": file, "measures": len(entries)}, f"{len(entries)} measures written to {file}.")
    else:
        output.answer({"model": text, "measures": len(entries)}, text)
    return output.OK


def _import(organisation: Any, file: str, dry_run: bool) -> int:
    from kapula_web.insights import modelfile

    entries = modelfile.read(_read(file), organisation)
    found = (
        modelfile.changes(organisation, entries)
        if dry_run
        else modelfile.apply(organisation=organisation, actor=None, entries=entries)
    )
    lines = [f"{change.kind:9} {change.code}" for change in found]
    told = "\n".join([*lines, f"{len(found)} changes{' would be made' if dry_run else ' made'}."])
    output.answer({"changes": [change.to_dict() for change in found], "dry_run": dry_run}, told)
    return output.OK


def _read(file: str) -> str:
    from kapula.errors import SourceError

    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file} cannot be read: {error}", hint="Give a YAML file in UTF-8.", source=file) from error


def _organisation(slug: str | None) -> Any:
    from kapula.errors import ParameterError
    from kapula_web.accounts.models import Organisation

    slugs = sorted(Organisation.objects.values_list("slug", flat=True))
    if slug in slugs or (slug is None and len(slugs) == 1):
        return Organisation.objects.get(slug=slug or slugs[0])
    raise ParameterError(
        "There is no organisation to choose by itself." if slug is None else f"There is no organisation {slug!r}.",
        hint=f"Give --organisation with one of: {', '.join(slugs) or 'none yet'}.",
        parameter="organisation",
        value=slug,
        allowed=slugs,
    )
