"""Answers are computed once: for the process, for the other processes, and ahead of the first visitor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from insights_data import a_model_measure, answers

import kapula
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.background import warm
from kapula_web.insights.figures.cache import ANSWERS, PICTURES, Remembered
from kapula_web.insights.models import Scan
from kapula_web.ledger.changes import changed
from kapula_web.ledger.selectors import data_version


class Counter:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


def test_a_process_asks_once(settings: LazySettings) -> None:
    kept, compute = Remembered("answers"), Counter()
    assert [kept.get(("1.a", "x"), compute) for _ in range(3)] == [1, 1, 1]


def test_another_process_finds_it_on_disk(settings: LazySettings) -> None:
    compute = Counter()
    Remembered("answers").get(("1.a", "x"), compute)
    assert Remembered("answers").get(("1.a", "x"), compute) == 1


def test_newer_data_is_asked_anew_and_the_older_answers_are_removed(settings: LazySettings) -> None:
    kept, compute = Remembered("answers"), Counter()
    kept.get(("1.a", "x"), compute)
    kept.get(("2.a", "x"), compute)
    assert kept.get(("1.b", "x"), compute) == 3
    assert not kept.folder("1.a").exists()
    assert kept.folder("1.b").exists()
    assert kept.folder("2.a").exists()


def test_an_answer_that_took_longer_than_its_data_stood_leaves_the_newer_ones_alone(aurinko: Organisation) -> None:
    answers(aurinko)
    older, kept = data_version(aurinko), Remembered("answers")

    def slowly() -> str:
        changed(organisation=aurinko, table="responses", first_id=1)
        kept.get((data_version(aurinko), "x"), lambda: "new")
        return "old"

    assert kept.get((older, "x"), slowly) == "old"
    assert data_version(aurinko) != older
    assert Remembered("answers").get((data_version(aurinko), "x"), _refuse) == "new"
    assert not kept.folder(older).exists()


def test_memory_is_bounded(settings: LazySettings) -> None:
    kept, compute = Remembered("answers", most=2), Counter()
    for name in "abc":
        kept.get(("1.a", name), compute)
    assert len(kept._kept) == 2


def test_a_broken_file_is_computed_again(settings: LazySettings) -> None:
    compute = Counter()
    Remembered("answers").get(("1.a", "x"), compute)
    (file,) = Remembered("answers").folder("1.a").iterdir()
    file.write_bytes(b"half an ans")
    assert Remembered("answers").get(("1.a", "x"), compute) == 2


class Silent:
    def report(self, done: int, total: int) -> None:
        assert done <= total


def test_the_first_visitor_after_new_data_waits_for_no_computation(
    aurinko: Organisation, anna: User, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(aurinko)
    a_model_measure(aurinko)
    assert warm(Silent()) == {"organisations": 1}
    assert Scan.objects.filter(organisation=aurinko).exists()
    assert warm(Silent()) == {"organisations": 0}
    ANSWERS.clear()  # another process: only the disk knows
    PICTURES.clear()
    for name in ("measure", "trend", "compare"):
        monkeypatch.setattr(kapula, name, _refuse)
    client = signed_in(anna)
    assert client.get("/o/aurinko/").status_code == 200
    assert client.get("/o/aurinko/measures/recommend/").status_code == 200


def _refuse(**question: object) -> None:
    raise AssertionError("computed again")
