"""The overview and the measure page over an example organisation of a million responses: time in the server.

Each page is asked for as a signed-in person does, with the choices the pages offer, and the 95th percentile is what
counts. The first of each, which fills the process's own caches of templates, does not.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.product import set_up
from benchmarks.promise import Promise, peak, percentile

HELP = "the overview and the measure page over a million responses, time in the server"
SIZE = 1_000_000
REPEATS = 1
TURNS = 40


def prepare(folder: Path, size: int) -> None:
    set_up(folder / "product")
    from kapula_web.demo.load import load

    load(responses=size)


def overview(folder: Path) -> Any:
    return _asked(folder, [""])


def measure_page(folder: Path) -> Any:
    return _asked(folder, ["measures/{code}/", "measures/{code}/?period=month", "measures/{code}/?period=quarter"])


def _asked(folder: Path, addresses: list[str]) -> dict[str, Any]:
    set_up(folder / "product")
    from django.test import Client

    from kapula_web.accounts.models import Membership, Organisation
    from kapula_web.demo.load import SLUG
    from kapula_web.insights.selectors import headline_measures

    organisation = Organisation.objects.get(slug=SLUG)
    client = Client(SERVER_NAME="localhost")
    client.force_login(Membership.objects.filter(organisation=organisation, role="owner")[0].user)
    code = headline_measures(organisation)[0].code
    pages = [f"/o/{SLUG}/{address.format(code=code)}" for address in addresses]
    statuses = {client.get(page).status_code for page in pages}
    taken = []
    for turn in range(TURNS):
        start = time.perf_counter()
        response = client.get(pages[turn % len(pages)])
        taken.append(time.perf_counter() - start)
        statuses.add(response.status_code)
    return {"seconds": percentile(taken, 0.95), "statuses": sorted(statuses)}


def agree(answers: Mapping[str, Any]) -> bool:
    return all(answer["statuses"] == [200] for answer in answers.values())


def _milliseconds(peer: str, limit: float) -> Promise:
    return Promise(f"{peer}, p95", limit, "ms", lambda runs: 1000 * runs[peer].seconds)


PEERS = {"measure page": measure_page, "overview": overview}
PROMISES = (_milliseconds("measure page", 150), _milliseconds("overview", 300), peak("measure page", 1000))
