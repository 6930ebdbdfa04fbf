"""The explorer over 100,000 comments: its first page, filtered, searched by words and by meaning. Time in the server.

Comments are the example's, shuffled; what is read of them and their meanings are drawn at random, for time does not depend on what they
are. Of a search by meaning the question's own embedding (a model's run of some 20 ms) is left out.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.product import set_up
from benchmarks.promise import Promise, peak, percentile

HELP = "the explorer's pages over 100,000 comments, time in the server"
SIZE = 100_000
REPEATS = 1
TURNS = 40
SLUG = "wordy"
BATCH = 5_000
WORDS = ("jono", "lasku", "palvelu", "sähkö", '"ei toimi"', "asiakas*", "hinta -lasku", "kiitos", "odottaa", "kallis")
FILTERS = (
    "theme=waiting_time", "sentiment=negative&team=t3", "touchpoint=p2&theme=price_value:negative", "sign=urgent&sign=churn_risk",
    "from=2025-06-01&to=2025-12-31&segment=s1", "score=low&channel=c2", "emotion=anger&theme=communication&theme=resolution",
)  # fmt: skip


def prepare(folder: Path, size: int) -> None:
    set_up(folder / "product")
    from django.db import transaction

    from kapula_web.accounts.models import Membership, Organisation, Role, User
    from kapula_web.texts.explorer.index import catch_up

    with transaction.atomic():
        organisation = Organisation.objects.create(name="Wordy", slug=SLUG)
        user = User.objects.create_user("reader@wordy.example", None)
        Membership.objects.create(user=user, organisation=organisation, role=Role.ANALYST)
        _write(organisation, size)
    catch_up()


def _write(organisation: Any, size: int) -> None:
    import numpy as np

    from kapula.example.comments import load
    from kapula_web.accounts.models import Team
    from kapula_web.ledger.changes import changed
    from kapula_web.ledger.models import Question, Response, Source, Touchpoint

    Question.objects.create(organisation=organisation, code="nps", low=0, high=10, measure="nps")
    source = Source.objects.create(organisation=organisation, code="survey")
    teams = [Team.objects.create(organisation=organisation, name=f"T{n}", code=f"t{n}") for n in range(12)]
    points = [Touchpoint.objects.create(organisation=organisation, code=f"p{n}") for n in range(8)]
    texts = [one.text for one in load()]
    draw = np.random.default_rng(1)
    since = datetime(2024, 1, 1, tzinfo=UTC)
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        answers = Response.objects.bulk_create(
            Response(
                organisation=organisation, source=source, external_id=str(n), team=teams[n % 12], touchpoint=points[n % 8],
                channel=f"c{n % 4}", segment=f"s{n % 3}", occurred_at=since + timedelta(minutes=13 * n), received_at=since,
                answers={"nps": n * 7 % 11},
            )
            for n in numbers
        )  # fmt: skip
        _read(organisation, answers, [texts[int(n)] for n in draw.integers(len(texts), size=len(answers))], draw)
        changed(organisation=organisation, table="responses", first_id=answers[0].pk, last_id=answers[-1].pk)


def _read(organisation: Any, answers: Sequence[Any], texts: Sequence[str], draw: Any) -> None:
    from kapula.text.labels import EMOTIONS, SENTIMENTS, THEMES
    from kapula_web.ledger.models import Comment
    from kapula_web.texts.models import CommentAnalysis, CommentEmbedding, CommentTheme

    comments = Comment.objects.bulk_create(
        Comment(response=answer, question="why", text=text, language="fi")
        for answer, text in zip(answers, texts, strict=True)
    )
    picks = draw.integers(1_000_000, size=(len(comments), 6)).tolist()
    CommentAnalysis.objects.bulk_create(
        CommentAnalysis(
            comment=comment, organisation=organisation, version="drawn", language="fi", sentiment=SENTIMENTS[a % 4], probability=0.9,
            abstained=b % 20 == 0, intensity=c % 4, emotion=EMOTIONS[d % 10], churn_risk=e % 15 == 0, urgent=f % 60 == 0,
            suggestion=a % 9 == 0, resolved=None if b % 3 else bool(c % 2), empathy=None, analysed_at=answers[0].occurred_at,
            themes=[{"code": THEMES[d % 14], "spans": [[0, 5]], "sentiment": SENTIMENTS[e % 4]}],
        )
        for comment, (a, b, c, d, e, f) in zip(comments, picks, strict=True)
    )  # fmt: skip
    CommentTheme.objects.bulk_create(
        CommentTheme(
            organisation=organisation, analysis_id=one.pk, code=THEMES[p[3] % 14], sentiment=SENTIMENTS[p[4] % 4]
        )
        for one, p in zip(comments, picks, strict=True)
    )
    CommentEmbedding.objects.bulk_create(
        CommentEmbedding(
            comment=one, organisation=organisation, version="drawn", vector=draw.integers(-90, 91, 384, "int8").tobytes(), scale=0.001
        )
        for one in comments
    )  # fmt: skip


class _Drawn:
    """A library that embeds a question at random, at once."""

    def embed(self, texts: Sequence[str]) -> Any:
        import numpy as np

        found = np.random.default_rng(len(texts[0])).normal(size=(len(texts), 384)).astype(np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def embedding_version(self) -> str:
        return "drawn"


def first_page(folder: Path) -> Any:
    return _asked(folder, ["", "order=old"])


def filtered(folder: Path) -> Any:
    return _asked(folder, FILTERS)


def searched(folder: Path) -> Any:
    return _asked(folder, [f"q={word}" for word in WORDS])


def by_meaning(folder: Path) -> Any:
    return _asked(folder, [f"how=meaning&q={word}" for word in WORDS])


def _asked(folder: Path, queries: Sequence[str]) -> dict[str, Any]:
    set_up(folder / "product")
    from django.test import Client

    from kapula_web.accounts.models import User
    from kapula_web.texts.services import analyse

    analyse.library = _Drawn  # type: ignore[assignment]
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="reader@wordy.example"), "django.contrib.auth.backends.ModelBackend")
    pages = [f"/o/{SLUG}/understanding/comments/?{query}" for query in queries]
    statuses, taken = {client.get(pages[0]).status_code}, []
    for turn in range(TURNS):
        start = time.perf_counter()
        response = client.get(pages[turn % len(pages)])
        taken.append(time.perf_counter() - start)
        statuses.add(response.status_code)
    return {"seconds": percentile(taken, 0.95), "statuses": sorted(statuses)}


def agree(answers: Mapping[str, Any]) -> bool:
    return all(answer["statuses"] == [200] for answer in answers.values())


def _milliseconds(peer: str) -> Promise:
    return Promise(f"{peer}, p95", 300, "ms", lambda runs: 1000 * runs[peer].seconds)


PEERS = {"first page": first_page, "filtered": filtered, "searched": searched, "by meaning": by_meaning}
PROMISES = (*(_milliseconds(peer) for peer in PEERS), peak("by meaning", 1000))
