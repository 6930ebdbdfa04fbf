"""Onko asiakas huomannut? Ihminen vai kone? Mitä jäi mieleen? On comments and answers whose truth is put there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.utils import translation
from spoken_data import answered, place, questions, read, teams

from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.analyses import choices, runs
from kapula_web.insights.analyses.contact_reasons.page import ContactReasonsPage
from kapula_web.insights.analyses.contract import AnalysisPage
from kapula_web.insights.analyses.memory.page import MemoryPage
from kapula_web.insights.analyses.noticed.page import NoticedPage
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.telling import Told, command, shown_of
from kapula_web.jobs import services as jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Whatever language an earlier request left behind."""
    with translation.override("fi"):
        yield


def told(page: AnalysisPage, organisation: Organisation, **changes: Any) -> tuple[Told, Question]:
    data = data_of(organisation)
    usual = page.usual(data)
    assert usual is not None
    form = page.form(data, choices.bound({**usual, **changes}))
    assert form.is_valid(), form.errors
    question = Question(page, data, form.cleaned_data)
    runs.ask(question, None)
    jobs.run_due()
    run = runs.standing(question).run
    assert run is not None
    assert run.found is not None, run.error
    for picture in (found := shown_of(question, run.found)).pictures:
        assert picture.spec(width=360, height=300, scheme="light")["width"] == 360
    return found, question


class TestNoticed:
    BEGAN = {"began_t0": "2026-04-01", "began_t1": "2026-04-01", "began_t2": "2026-06-10", "began_t3": "2026-06-10"}

    def comments(self, organisation: Organisation, effect: float = 0.3) -> None:
        rng = np.random.default_rng(1)
        made, rows, said = teams(organisation, 8), [], []
        starts = {0: 90, 1: 90, 2: 160, 3: 160}
        for k in range(1600):
            team, day = k % 8, int(rng.integers(0, 270))
            chance = 0.15 + (effect if day >= starts.get(team, 999) else 0.0)
            rows.append({"day": day, "team": made[team]})
            said.append({"themes": ["staff_attitude"] if rng.random() < chance else []})
        read(organisation, answered(organisation, rows), said)

    def test_a_planted_change_is_told_with_its_interval_and_its_teams(self, aurinko: Organisation) -> None:
        self.comments(aurinko)
        found, question = told(NoticedPage(), aurinko, theme="staff_attitude", **self.BEGAN)
        assert found.shown.answer.startswith("Kyllä: ")
        assert "prosenttiyksikköä" in found.shown.answer
        assert [row[1] for row in found.tables[0].rows] == ["Tiimi 0 ja Tiimi 1", "Tiimi 2 ja Tiimi 3"]
        assert "theme=staff_attitude&team=t0&team=t1" in found.tables[0].rows[0][2].href
        assert [one.code for one in found.pictures] == ["since"]
        assert any("ennen aloitusta" in part.words for part in found.shown.parts)
        assert command(question) == ""

    def test_without_a_change_none_is_claimed(self, aurinko: Organisation) -> None:
        self.comments(aurinko, effect=0.0)
        found, _ = told(NoticedPage(), aurinko, theme="staff_attitude", **self.BEGAN)
        assert found.shown.answer.startswith("Ei näy varmasti")

    def test_before_anyone_has_said_when_teams_began_the_page_asks_it(self, aurinko: Organisation) -> None:
        self.comments(aurinko)
        found, _ = told(NoticedPage(), aurinko)
        assert not found.enough
        assert found.shown.answer == "Vielä ei voi sanoa: yhdenkään tiimin aloituspäivää ei ole kerrottu."
        assert found.have is None
        assert found.mend[0] == "Kerro valinnoissa, minä päivänä kukin tiimi aloitti."

    def test_a_day_that_is_none_is_refused(self, aurinko: Organisation) -> None:
        self.comments(aurinko)
        data = data_of(aurinko)
        usual = NoticedPage().usual(data)
        assert usual is not None
        assert "began_t0" in NoticedPage().form(data, choices.bound({**usual, "began_t0": "huhtikuu"})).errors


class TestContactReasons:
    KINDS = {"waiting_time": (2.0, 0, 0.5), "staff_attitude": (4.0, 3, 0.8), "digital_service": (6.5, 0, 0.97)}

    def contacts(self, organisation: Organisation) -> None:
        rng = np.random.default_rng(2)
        questions(organisation, ("ces", "Helppous", 1, 7), ("emotion", "Tunne", 1, 5), ("fcr", "Ratkesi", 0, 1))
        places = {code: place(organisation, code, code.upper()) for code in self.KINDS}
        rows, said = [], []
        for k in range(900):
            code = list(self.KINDS)[(0, 1, 2, 2)[k % 4]]
            ease, feeling, settled = self.KINDS[code]
            resolved = bool(rng.random() < settled)
            score = float(np.clip(np.rint(ease + rng.normal()), 1, 7))
            emotion = float(np.clip(3 + (feeling and 2) * rng.choice([-1, 1]) * (rng.random() < 0.9), 1, 5))
            answers = {"ces": score, "emotion": emotion, "fcr": float(resolved)}
            rows.append({"day": k % 200, "touchpoint": places[code], "customer": f"K{k}", "answers": answers})
            said.append(
                {"themes": [code], "intensity": min(3, feeling + int(rng.integers(0, 2))), "resolved": resolved}
            )
        self.made, self.said = answered(organisation, rows), said

    def test_themes_of_comments_are_placed(self, aurinko: Organisation) -> None:
        self.contacts(aurinko)
        read(aurinko, self.made, self.said)
        found, question = told(ContactReasonsPage(), aurinko)
        assert question.chosen["reason"] == "themes"
        rows = {row[0]: row[1] for row in found.tables[0].rows}
        assert sorted(rows.values()) == ["ihmiselle", "koneelle", "korjaa vaiva"]
        assert found.shown.answer.startswith("Ihmiselle: ")
        assert found.pictures[0].code == "map"
        waits = next(row[0] for row in found.tables[0].rows if row[0] == "Odotusaika")
        assert "theme=waiting_time" in waits.href

    def test_without_read_comments_touchpoints_are_and_a_command_gives_the_same(self, aurinko: Organisation) -> None:
        self.contacts(aurinko)
        found, question = told(ContactReasonsPage(), aurinko)
        assert {row[0]: row[1] for row in found.tables[0].rows}["STAFF_ATTITUDE"] == "ihmiselle"
        assert command(question).startswith("kapula contact-reasons ")
        assert "--reason touchpoint" in command(question)

    def test_without_effort_there_is_nothing_to_ask(self, aurinko: Organisation) -> None:
        assert ContactReasonsPage().usual(data_of(aurinko)) is None


class TestMemory:
    def journeys(self, organisation: Organisation, remembers: bool = True) -> None:
        rng = np.random.default_rng(3)
        questions(organisation, ("emotion", "Tunne", 1, 5), ("nps", "Suosittelu", 0, 10))
        places = [
            place(organisation, code, name) for code, name in (("visit", "Käynti"), ("bill", "Lasku"), ("chat", "Chat"))
        ]
        whole = place(organisation, "whole", "Asiakassuhde")
        moments, later = [], []
        for k in range(200):
            scores = [float(one) for one in rng.integers(1, 6, 4)]
            kinds = rng.integers(0, 3, 4)
            moments += [
                {"day": 5 * at, "customer": f"K{k}", "touchpoint": places[kind], "answers": {"emotion": score}}
                for at, (kind, score) in enumerate(zip(kinds, scores, strict=True))
            ]
            value = 1 + 1.4 * scores[-1] + rng.normal() if remembers else float(rng.integers(0, 11))
            nps = float(np.clip(np.rint(value), 0, 10))
            later.append({"day": 30, "customer": f"K{k}", "touchpoint": whole, "answers": {"nps": nps}})
        self.moments = answered(organisation, moments, "moments")
        self.later = answered(organisation, later, "relationship")

    def test_the_end_is_told_and_moments_are_set_against_their_aims(self, aurinko: Organisation) -> None:
        self.journeys(aurinko)
        ExperienceAim.objects.create(
            organisation=aurinko, code="warm", names={"fi": "Lämmin"}, touchpoint="visit",
            rules=[{"column": "answer_emotion", "op": ">=", "value": 4}],
        )  # fmt: skip
        found, question = told(MemoryPage(), aurinko)
        assert (question.chosen["source"], question.chosen["designed"]) == ("relationship", ["visit"])
        assert found.shown.answer.startswith("Mieleen jää enemmän kuin keskiarvo: ")
        assert "loppu" in found.shown.answer
        assert [one.code for one in found.pictures] == ["parts", "traces"]
        assert {row[0]: row[1] for row in found.tables[1].rows}["Käynti"] == "kyllä"

    def test_what_is_spoken_of_later_is_set_beside_what_was_spoken_of_then(self, aurinko: Organisation) -> None:
        self.journeys(aurinko)
        read(aurinko, self.moments[:300], [{"themes": ["waiting_time"] if k % 3 else []} for k in range(300)])
        read(aurinko, self.later, [{"themes": ["staff_attitude"] if k % 2 else []} for k in range(200)])
        found, _ = told(MemoryPage(), aurinko)
        assert found.shown.answer.endswith(" teemasta puhutaan myöhemmin varmasti enemmän tai vähemmän kuin hetkissä.")
        table = next(one for one in found.tables if "hetkissä ja myöhemmin" in one.caption)
        assert table.raw[0][:3] == ("staff_attitude", 0.0, 0.5)
        assert "theme=staff_attitude" in table.rows[0][0].href
        assert any(part.words.startswith("Myöhemmin puhutaan enemmän: Kohtelu") for part in found.shown.parts), [
            part.words for part in found.shown.parts
        ]

    def test_a_memory_of_nothing_is_said_plainly(self, aurinko: Organisation) -> None:
        self.journeys(aurinko, remembers=False)
        found, _ = told(MemoryPage(), aurinko)
        assert found.shown.answer.startswith("Ei voi varmasti sanoa")
        assert "puhutaan myöhemmin varmasti" not in found.shown.answer

    def test_without_a_survey_of_the_relationship_there_is_nothing_to_ask(self, aurinko: Organisation) -> None:
        assert MemoryPage().usual(data_of(aurinko)) is None
