"""A wide CSV with 15 score columns and one comment into the ledger, end to end: stored, recognised, checked, written,
and in the snapshot.

The clock runs from the first byte received to the snapshot that pages read; making the database does not count.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.product import Silent, set_up
from benchmarks.promise import peak, seconds

HELP = "import of a CSV with 15 score columns and one comment, end to end"
SIZE = 1_000_000
REPEATS = 1
CHUNK = 1 << 20

MAKE = """
COPY (
  SELECT
    'v' || i AS "Vastaus",
    strftime(DATE '2024-01-01' + (hash(i * 3) % 730)::INTEGER, '%d.%m.%Y') AS "Päivä",
    'kohtaamispiste ' || (hash(i * 5) % 12) AS "Kohtaamispiste",
    'asiakas ' || (hash(i * 7) % 300000) AS "Asiakas",
    {scores},
    CASE WHEN hash(i * 11) % 3 = 0 THEN 'Palvelu oli sujuvaa ja ystävällistä, mutta jono kesti ' || hash(i) % 40 || '
    minuuttia.' END AS "Mitä haluat sanoa meille?" FROM range({size}) AS r(i) ) TO '{path}' (FORMAT csv, DELIMITER
    ';', HEADER)
"""


def prepare(folder: Path, size: int) -> None:
    import duckdb

    scores = ",\n    ".join(f'(hash(i * {101 + place}) % 11)::TINYINT AS "Kysymys {place}"' for place in range(1, 16))
    duckdb.sql(MAKE.format(size=size, scores=scores, path=folder / "answers.csv"))


def import_it(folder: Path) -> Any:
    place = Path(tempfile.mkdtemp(prefix="product-", dir=folder))
    try:
        set_up(place)
        return _timed(folder / "answers.csv")
    finally:
        shutil.rmtree(place)


def _timed(file: Path) -> dict[str, Any]:
    from kapula.connectors.contract import Plan
    from kapula_web.accounts.models import Organisation
    from kapula_web.ledger.imports.receive import receive, source_for
    from kapula_web.ledger.imports.run import carry_out, confirm
    from kapula_web.ledger.models import Comment, Response

    organisation = Organisation.objects.create(name="Mittaus", slug="mittaus")
    source = source_for(organisation=organisation, code="kysely")
    start = time.perf_counter()
    with file.open("rb") as stream:
        chunks = iter(lambda: stream.read(CHUNK), b"")
        run = receive(organisation=organisation, source=source, name=file.name, chunks=chunks, actor=None)
    confirm(run=run, plan=Plan.from_dict(run.plan), actor=None)
    carry_out(Silent(), import_id=run.pk)
    taken = time.perf_counter() - start
    return {"seconds": taken, "responses": Response.objects.count(), "comments": Comment.objects.count()}


def agree(answers: Mapping[str, Any]) -> bool:
    """Everything came in: one response a row, and a comment of about every third."""
    found = answers["kapula"]
    return found["responses"] > 0 and 0.3 < found["comments"] / found["responses"] < 0.37


PEERS = {"kapula": import_it}
PROMISES = (seconds("kapula", 60), peak("kapula", 1000))
