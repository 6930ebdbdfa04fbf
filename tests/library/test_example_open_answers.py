"""The example world's open answers: languages, variety, and that people write of what they have met."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from example_statistics import customers, difference, planted, series

from kapula.example import World
from kapula.example.open_answers import CALLBACK_WORDS
from kapula.example.truths import BY_CODE
from kapula.example.variation import USED, vary


@pytest.fixture(scope="module")
def world() -> World:
    return planted()


@pytest.fixture(scope="module")
def frame(world: World) -> pd.DataFrame:
    return world.responses.to_pandas()


@pytest.fixture(scope="module")
def written(world: World) -> pd.DataFrame:
    """Customers' comments beside their answers."""
    return customers(world).merge(world.comments.to_pandas(), on="external_id")


class TestComments:
    def test_languages_follow_the_customers(self, world: World, frame: pd.DataFrame) -> None:
        language = frame.set_index("external_id")["language"][world.comments["external_id"].to_pylist()]
        shares = language.value_counts(normalize=True)
        assert shares["fi"] > 0.85
        assert shares["sv"] > 0.03
        assert shares["en"] > 0.01

    def test_texts_are_varied(self, world: World) -> None:
        texts = world.comments["text"].to_pandas()
        assert texts.str.strip().ne("").all()
        assert texts.nunique() > 8_000

    def test_the_unhappy_write_more_and_complain_of_queues_when_they_are_long(
        self, world: World, frame: pd.DataFrame
    ) -> None:
        customers_only = frame[(frame["perspective"] == "customer") & frame["answer_nps"].notna()]
        wrote = customers_only["external_id"].isin(set(world.comments["external_id"].to_pylist()))
        assert wrote[customers_only["answer_nps"] <= 6].mean() > wrote[customers_only["answer_nps"] > 6].mean() + 0.05
        phone = customers(world).query("touchpoint == 'phone'").merge(world.comments.to_pandas(), on="external_id")
        queue = series(world, "queue_seconds").stack()
        waited = queue.reindex(pd.MultiIndex.from_arrays([phone["team"], phone["week"] - 2])).to_numpy()
        low_mood = phone["answer_nps"].le(6).to_numpy()
        about_queue = phone["text"].str.contains("jono|odot", case=False).to_numpy()
        long = waited > np.nanquantile(waited, 0.75)
        assert about_queue[low_mood & long].mean() > about_queue[low_mood & ~long].mean() + 0.05

    def test_the_call_back_is_noticed_only_where_it_runs(self, written: pd.DataFrame) -> None:
        phone = written[written["touchpoint"].eq("phone") & written["answer_nps"].ge(7)]
        starts = phone["team"].map(BY_CODE["callback_works"].settings)
        runs = (phone["week"] >= starts.astype(float)).to_numpy()
        mentions = phone["text"].str.lower().str.contains("|".join(CALLBACK_WORDS)).astype(float)
        assert difference(mentions[~runs], mentions[runs])[1] > 0.05

    def test_winter_invoices_bring_talk_of_prices(self, written: pd.DataFrame) -> None:
        invoice = written[written["touchpoint"].eq("invoice") & written["answer_nps"].le(6)]
        winter = invoice["month"].isin([12, 1, 2])
        price = invoice["text"].str.contains("hin[tn]a|kall|euro|€|maks", case=False).astype(float)
        assert difference(price[~winter], price[winter])[1] > 0

    def test_employees_answer_their_own_question(self, world: World, frame: pd.DataFrame) -> None:
        perspective = frame.set_index("external_id")["perspective"][world.comments["external_id"].to_pylist()]
        asked = np.array(world.comments["question"].to_pylist())
        assert ((asked == "support_why") == (perspective == "employee").to_numpy()).all()
        assert 300 < (asked == "support_why").sum() < 2_000
        assert not perspective.eq("mystery").any()


class TestVariation:
    MIDDLE = (0.5,) * USED

    def test_a_comment_may_stay_as_it_is(self) -> None:
        assert vary("Jonotin tunnin.", "fi", -2, False, self.MIDDLE) == "Jonotin tunnin."

    def test_minutes_weekdays_and_names_change(self) -> None:
        numbers = list(self.MIDDLE)
        numbers[0], numbers[1] = 0.9, 0.0
        text = vary("Marja soitti maanantaina, 25 min jonoa.", "fi", 0, False, numbers)
        assert text.startswith("Heidi soitti perjantaina, 20 min jonoa")

    @pytest.mark.parametrize("text", ["-", ".", "ok"])
    def test_the_shortest_are_left_alone(self, text: str) -> None:
        assert vary(text, "fi", 0, True, (0.01,) * USED) == text

    def test_greeting_and_thanks_fit_language_and_mood(self) -> None:
        numbers = list(self.MIDDLE)
        numbers[6] = numbers[7] = numbers[8] = numbers[9] = 0.0
        assert vary("Allt fungerar bra", "sv", 2, False, numbers) == "Hej! Allt fungerar bra. Tack!"
        numbers[7] = 0.3
        assert vary("Tämä toimii", "fi", 2, False, numbers) == "Moi, tämä toimii. Kiitos!"
        assert vary("Toimii hyvin", "fi", 2, True, numbers) == "Toimii hyvin"
