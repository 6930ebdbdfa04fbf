"""Open answers: who writes, in what mood, about what; drawn from the written comments and varied."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kapula.example.calendar import Calendar, FloatArray, IntArray
from kapula.example.comments import ExampleComment, load
from kapula.example.organisation import teams_at
from kapula.example.rows import Block, constant, length
from kapula.example.truths import BY_CODE, WEEKS, Plan
from kapula.example.variation import USED, vary
from kapula.example.weekly import Weekly

COMMENT_SHARE: Final = 1 / 3
"""Comments for each response."""

BOOSTS: Final[dict[str, tuple[tuple[str, ...], int, float]]] = {
    "long_queue": (("waiting_time",), -1, 4.0),
    "short_queue": (("waiting_time",), 1, 3.0),
    "winter": (("price_value",), -1, 4.0),
    "redesigned": (("ease_of_use", "communication"), 1, 3.0),
    "years_ago": (("digital_service",), -1, 0.3),
    "lately": (("digital_service",), -1, 3.0),
    "handed_off": (("waiting_time", "communication", "resolution"), -1, 4.0),
}
"""Situation → themes written about more often, in comments of which sign, and how many times as often."""

CALLBACK_WORDS: Final = (
    "takaisinsoit",
    "soittopyyn",
    "ringa upp",
    "uppringning",
    "call back",
    "callback",
    "called back",
)
Key = tuple[Any, ...]
"""language, touchpoint, segment, situation, mood"""
SHORT: Final = 90
HANDFUL: Final = 14
ENDINGS: Final = (".", "!", "?", ")", "⭐")
MOOD_OF_NPS: Final = np.array([-2, -2, -2, -2, -1, -1, -1, 0, 1, 2, 2])


def comment_table(
    rng: np.random.Generator, plan: Plan, calendar: Calendar, weekly: Weekly, responses: Block
) -> pa.Table:
    """One comment for a third of the responses: external_id, question, text; in the responses' order."""
    score = _scores(responses)
    rows = _writers(rng, plan, responses, score)
    mood = _moods(rng, plan, score[rows])
    situation = _situations(plan, calendar, weekly, responses, rows)
    u = rng.random((len(rows), USED + 3)).tolist()
    library = _Library(plan)
    who = [responses[name][rows].tolist() for name in ("language", "touchpoint", "segment")]
    keys = zip(*who, situation.tolist(), mood.tolist(), strict=True)
    texts = [library.write(key, numbers) for key, numbers in zip(keys, u, strict=True)]
    employee = responses["perspective"][rows] == "employee"
    return pa.table(
        {
            "external_id": pa.array(responses["external_id"][rows], pa.string()),
            "question": pa.array(np.where(employee, "support_why", "why"), pa.string()),
            "text": pa.array(texts, pa.string()),
        }
    )


def _scores(responses: Block) -> FloatArray:
    """The NPS answer, or the nearest thing to it on the same 0–10 steps; NaN where there is none."""
    spread = np.where(np.isnan(responses["answer_csat"]), responses["answer_support"], responses["answer_csat"])
    return np.where(np.isnan(responses["answer_nps"]), np.round((spread - 1) * 2.5), responses["answer_nps"])


def _writers(rng: np.random.Generator, plan: Plan, responses: Block, score: FloatArray) -> IntArray:
    """Weighted draw without replacement: the unhappy write more, staff seldom, auditors never."""
    n = length(responses)
    weight = np.where(score <= 6, 1.7, np.where(score >= 9, 1.1, 0.8)) if plan.structure else np.ones(n)
    weight = weight * np.where(responses["perspective"] == "employee", 0.12, 1.0)
    weight = np.where((responses["perspective"] == "mystery") | np.isnan(score), 1e-9, weight)
    keys = np.log(rng.random(n)) / weight
    return np.sort(np.argsort(keys, kind="stable")[n - round(n * COMMENT_SHARE) :])


def _moods(rng: np.random.Generator, plan: Plan, score: FloatArray) -> IntArray:
    """Mood −2…2 by the score, one step off for one in six and anything for one in thirty; in a null world anything."""
    n = len(score)
    mood = MOOD_OF_NPS[np.nan_to_num(score, nan=7).astype(int)]
    mood = mood + np.where(rng.random(n) < 0.17, rng.choice([-1, 1], n), 0)
    anything = rng.choice([-2, -1, 0, 1, 2], n, p=[0.15, 0.2, 0.15, 0.25, 0.25])
    return np.clip(np.where(rng.random(n) < (0.03 if plan.structure else 1.0), anything, mood), -2, 2)


def _situations(plan: Plan, calendar: Calendar, weekly: Weekly, responses: Block, rows: IntArray) -> npt.NDArray[Any]:
    """What the writer has just met: a code of BOOSTS, "callback", or blank. All blank in a null world."""
    situation = constant("", len(rows))
    if not plan.structure:
        return situation
    place, team = responses["touchpoint"][rows], responses["team"][rows]
    day = (responses["occurred_at"][rows].astype("datetime64[D]") - np.datetime64(calendar.start, "D")).astype(np.int64)
    week = np.clip(day // 7, 0, None)
    # What was enough before is not any more: of rising expectations people write as "others have an app".
    situation[(place == "relationship") & (week < WEEKS / 3)] = "years_ago"
    situation[(place == "relationship") & (week >= 2 * WEEKS / 3)] = "lately"
    situation[(place == "moving") & (responses["attribute_handed_off"][rows] == "yes")] = "handed_off"
    situation[(place == "invoice") & (week >= plan.week("invoice_redesign"))] = "redesigned"
    situation[(place == "invoice") & np.isin(calendar.months(np.clip(day, 0, None)), (12, 1, 2))] = "winter"
    lagged = np.maximum(week - plan.week("queue_leads_phone_nps", "lag_weeks"), 0)
    queue = weekly.queue_deviation()
    for i, (code, _) in enumerate(teams_at("phone")):
        here = (place == "phone") & (team == code)
        situation[here & (queue[i, lagged] > 0.8)] = "long_queue"
        situation[here & (queue[i, lagged] < -0.8)] = "short_queue"
        start = BY_CODE["callback_works"].settings.get(code)
        if start is not None:
            situation[here & (week >= float(start)) & (np.arange(len(rows)) % 2 == 0)] = "callback"
    return situation


class _Library:
    """The written comments by language, touchpoint, mood and kind of customer, with the situation's weights."""

    def __init__(self, plan: Plan) -> None:
        self.null = plan.null
        self.shelves: dict[tuple[str, str], list[ExampleComment]] = defaultdict(list)
        for comment in load():
            self.shelves[comment.language, comment.touchpoint].append(comment)
        self.drawn: dict[Key, tuple[list[ExampleComment], list[float]]] = {}

    def write(self, key: Key, u: Sequence[float]) -> str:
        """A comment varied by the numbers ``u``; one in three short ones joins two of the same mood on different themes."""
        if key not in self.drawn:
            self.drawn[key] = self._shelf(key)
        pool, cumulative = self.drawn[key]
        first = _at(pool, cumulative, u[USED])
        text = vary(first.text, first.language, first.mood, not first.themes, u)
        if first.themes and len(text) < SHORT and u[USED + 1] < 0.35:
            second = _at(pool, cumulative, u[USED + 2])
            apart = second.themes and second.themes[0] not in first.themes
            if apart and second.mood == first.mood and len(second.text) < SHORT:
                text = f"{text}{'' if text.endswith(ENDINGS) else '.'} {second.text}"
        return text

    def _shelf(self, key: Key) -> tuple[list[ExampleComment], list[float]]:
        """Comments in the language where there are any (else Finnish), fit for the kind of customer, of the nearest mood; with a
        handful only, those one step off are taken too. Long ones come seldomer: nobody writes the same story twice."""
        language, place, segment, situation, mood = key
        kind = "staff" if place == "staff" else "firm" if segment is not None and segment.endswith("firm") else "home"
        shelf = self.shelves.get((language, place)) or self.shelves["fi", place]
        fit = [comment for comment in shelf if comment.segment in (kind, "any")] or shelf
        nearest = min(abs(comment.mood - mood) for comment in fit)
        pool = [comment for comment in fit if abs(comment.mood - mood) == nearest]
        if len(pool) < HANDFUL:
            pool = [comment for comment in fit if abs(comment.mood - mood) <= nearest + 1]
        length_weight = np.array([1 / (1 + len(comment.text) / 150) for comment in pool])
        weights = length_weight * np.array([1.0 if self.null else _weight(comment, situation) for comment in pool])
        return pool, (np.cumsum(weights) / weights.sum()).tolist()


def _at(pool: list[ExampleComment], cumulative: list[float], u: float) -> ExampleComment:
    return pool[min(bisect_left(cumulative, u), len(pool) - 1)]


def _weight(comment: ExampleComment, situation: str) -> float:
    if any(word in comment.text.lower() for word in CALLBACK_WORDS):
        # Customers can praise the pilot only where it runs; broken promises to call were there before.
        return 6.0 if situation == "callback" else 0.1 if comment.mood > 0 else 1.0
    if not comment.themes:
        return 0.6
    themes, sign, factor = BOOSTS.get(situation, ((), 0, 1.0))
    return factor if sign * comment.mood > 0 and set(themes) & set(comment.themes) else 1.0
