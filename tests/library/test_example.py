"""The example world as a contract: shape, bounds, shares, everyday flaws, determinism, the null world, and its words."""

from __future__ import annotations

import sys
from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from example_statistics import planted

from kapula import schema
from kapula.errors import ParameterError
from kapula.example import DEFAULT_END, World, build
from kapula.example.calendar import easter, utc_offset_hours
from kapula.example.questions import BY_CODE, Question
from kapula.example.truths import markdown_table
from kapula.example.words import Words
from kapula.measures.registry import names

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("responses", "comments", "observations", "events", "outcomes")


@pytest.fixture(scope="module")
def world() -> World:
    return planted()


@pytest.fixture(scope="module")
def frame(world: World) -> pd.DataFrame:
    return world.responses.to_pandas()


def payload(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


class TestTables:
    @pytest.mark.parametrize("name", ["observations", "events", "outcomes"])
    def test_the_canonical_tables_have_the_canonical_columns(self, world: World, name: str) -> None:
        wanted = schema.TABLES[name]
        assert getattr(world, name).schema == pa.schema([field for field in wanted if field.name != "id"])

    def test_responses_have_the_canonical_columns_then_answers_and_attributes(self, world: World) -> None:
        wanted = [field for field in schema.RESPONSES if field.name not in ("id", "received_at")]
        assert list(world.responses.schema)[: len(wanted)] == wanted
        for column in list(world.responses.schema)[len(wanted) :]:
            if column.name.startswith(schema.ANSWER_PREFIX):
                assert column.type == pa.float64()
                assert column.name.removeprefix(schema.ANSWER_PREFIX) in BY_CODE
            else:
                assert column.name.startswith(schema.ATTRIBUTE_PREFIX)
                assert column.type == pa.string()

    def test_the_default_world_has_sixty_thousand_responses_and_a_third_as_many_comments(self, world: World) -> None:
        assert world.responses.num_rows == 60_000
        assert world.comments.num_rows == 20_000
        assert world.end == DEFAULT_END == date(2026, 11, 15)
        assert (world.end - world.start).days + 1 == 156 * 7

    def test_external_ids_are_unique_and_comments_belong_to_responses(self, world: World) -> None:
        ids = world.responses["external_id"].to_pylist()
        assert len(set(ids)) == len(ids)
        commented = world.comments["external_id"].to_pylist()
        assert len(set(commented)) == len(commented)
        assert set(commented) <= set(ids)

    def test_every_answer_is_a_whole_number_on_its_declared_scale(self, world: World) -> None:
        for question in world.organisation.questions:
            values = np.array(world.responses[f"answer_{question.code}"].drop_null())
            assert question.low <= values.min() < values.max() == question.high
            assert (values == np.rint(values)).all()

    def test_codes_are_declared(self, world: World, frame: pd.DataFrame) -> None:
        organisation = world.organisation
        assert set(frame["source"]) == {s.code for s in organisation.sources if s.kind in ("survey", "pulse", "audit")}
        for column, items in (
            ("team", organisation.teams),
            ("touchpoint", organisation.touchpoints),
            ("segment", organisation.segments),
        ):
            assert set(frame[column].dropna()) == {item.code for item in items}
        for name, values in organisation.attributes.items():
            assert set(frame[f"attribute_{name}"].dropna()) == set(values)
        assert set(world.observations["measure"].to_pylist()) == {series.code for series in organisation.series}
        assert {question.measure for question in organisation.questions} <= set(names())
        assert set(frame["perspective"]) == {"customer", "employee", "mystery"}


class TestTime:
    def test_everything_happens_within_the_three_years(self, world: World, frame: pd.DataFrame) -> None:
        local = frame["occurred_at"].dt.tz_convert("Europe/Helsinki")
        assert local.is_monotonic_increasing
        assert local.min().date() >= world.start
        assert local.max().date() == world.end
        assert pc.max(world.observations["period"]).as_py() == world.end - timedelta(days=6)
        assert pc.max(world.events["occurred_at"]).as_py().date() <= world.end
        assert pc.max(world.outcomes["period"]).as_py() == date(2026, 7, 1)  # the running quarter has no outcome yet

    def test_customers_answer_in_finnish_office_hours_and_rest_on_holidays(self, frame: pd.DataFrame) -> None:
        asked = frame[frame["source"] == "touchpoint_survey"]
        local = asked["occurred_at"].dt.tz_convert("Europe/Helsinki")
        assert local.dt.hour.between(7, 22).all()
        assert local.dt.hour.between(8, 16).mean() > 0.75
        by_day = local.dt.weekday.value_counts(normalize=True)
        assert by_day[0] == by_day.max()
        assert by_day[[5, 6]].sum() < 0.12
        per_day = local.dt.date.value_counts()
        holidays = (date(2024, 4, 1), date(2024, 6, 21), date(2024, 12, 6), date(2025, 4, 18), date(2025, 12, 24))
        weekdays = [count for day, count in per_day.items() if day.weekday() < 5]
        assert max(per_day.get(day, 0) for day in holidays) < np.median(weekdays) / 2

    def test_a_quarter_has_outcomes_once_it_is_over(self) -> None:
        ends = {
            end: pc.max(build(end=end, responses=300).outcomes["period"]).as_py()
            for end in (date(2025, 3, 30), date(2025, 3, 31))
        }
        assert ends == {date(2025, 3, 30): date(2024, 10, 1), date(2025, 3, 31): date(2025, 1, 1)}

    def test_holidays_and_summer_time_are_finlands(self) -> None:
        # Easter Sundays: the ecclesiastical calendar; summer time: directive 2000/84/EC.
        assert [easter(year) for year in (2024, 2025, 2026)] == [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)]
        days = np.arange(np.datetime64("2023-11-01"), np.datetime64("2026-12-01"))
        noon = pd.DatetimeIndex(days + np.timedelta64(9, "h")).tz_localize("UTC").tz_convert("Europe/Helsinki")
        assert (utc_offset_hours(days) == noon.hour - 9).all()

    @pytest.mark.parametrize("end", [date(2026, 11, 15), date(2025, 3, 5), date(2027, 12, 31)])
    def test_the_end_is_given_never_read_from_a_clock(self, end: date) -> None:
        world = build(end=end, responses=3_000)
        assert world.responses.num_rows == 3_000
        last = pc.max(world.responses["occurred_at"]).as_py()
        assert end - timedelta(days=4) <= last.date() <= end


class TestEverydayFlaws:
    def test_some_answers_are_blank(self, frame: pd.DataFrame) -> None:
        phone = frame[frame["touchpoint"].eq("phone") & frame["perspective"].eq("customer")]
        blank = phone[["answer_nps", "answer_csat", "answer_ces", "answer_fcr"]].isna().mean()
        assert blank.between(0.01, 0.10).all()

    def test_a_few_customers_answer_many_times(self, frame: pd.DataFrame) -> None:
        counts = frame["customer"].value_counts()
        assert counts.median() <= 5
        assert counts.max() > 30

    def test_relationship_weights_mend_the_overdrawn_firms(self, frame: pd.DataFrame) -> None:
        asked = frame[frame["source"] == "relationship_survey"]
        assert asked["weight"].mean() == pytest.approx(1, abs=0.001)
        firm = asked["account"].notna()
        assert firm.mean() > 0.35
        assert asked.loc[firm, "weight"].sum() / asked["weight"].sum() < 0.25
        assert (frame.loc[frame["source"] != "relationship_survey", "weight"] == 1).all()

    def test_response_rates_differ_by_channel(self, world: World) -> None:
        sent = (
            world.observations.to_pandas()
            .query("measure.str.startswith('invitations_')")
            .groupby("measure")[["n", "value"]]
            .sum()
        )
        rates = sent["n"] / sent["value"]
        assert rates["invitations_phone_interview"] > 0.5
        assert rates["invitations_web"] < 0.05

    def test_pulse_answers_carry_no_person(self, world: World, frame: pd.DataFrame) -> None:
        pulse = frame[frame["perspective"] == "employee"]
        assert pulse[["customer", "account", "segment"]].isna().all().all()
        assert set(pulse["team"]) == {team.code for team in world.organisation.teams}

    def test_firms_have_several_contacts_in_roles(self, frame: pd.DataFrame) -> None:
        firms = frame[frame["account"].notna() & frame["customer"].notna()]
        assert (firms.groupby("account")["customer"].nunique() > 1).mean() > 0.9
        assert firms["attribute_role"].notna().all()
        assert firms.groupby("customer")["attribute_role"].nunique().max() == 1

    def test_nobody_answers_after_leaving(self, world: World, frame: pd.DataFrame) -> None:
        outcomes = world.outcomes.to_pandas()
        left = outcomes[~outcomes["active"].astype(bool)]
        last = left.assign(unit=left["account"].fillna(left["customer"])).groupby("unit")["period"].max()
        answered = frame.assign(unit=frame["account"].fillna(frame["customer"])).groupby("unit")["occurred_at"].max()
        both = pd.DataFrame({"left": pd.to_datetime(last), "answered": answered.dt.tz_localize(None)}).dropna()
        assert len(both) > 500
        assert (both["answered"] < both["left"] + pd.DateOffset(months=3, days=8)).all()


class TestDeterminism:
    def test_the_same_arguments_give_the_same_bytes(self) -> None:
        first, second = build(responses=6_000), build(responses=6_000)
        for name in TABLES:
            assert payload(getattr(first, name)) == payload(getattr(second, name))

    def test_another_seed_gives_another_world(self) -> None:
        first, second = build(responses=3_000), build(seed=7, responses=3_000)
        assert payload(first.responses) != payload(second.responses)

    def test_the_world_is_frozen(self, world: World) -> None:
        with pytest.raises(FrozenInstanceError):
            world.seed = 1  # type: ignore[misc]

    def test_a_larger_world_has_more_customers(self) -> None:
        world = build(responses=61_000)
        assert world.responses.num_rows == 61_000
        assert pc.count_distinct(world.responses["customer"]).as_py() > 12_000

    def test_a_world_too_small_is_refused(self) -> None:
        with pytest.raises(ParameterError) as caught:
            build(responses=10)
        assert caught.value.context["parameter"] == "responses"

    def test_it_needs_no_django(self) -> None:
        import subprocess

        code = "import kapula.example, sys; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


class TestWords:
    """Everything a person reads stands in three languages."""

    def test_no_text_is_missing_or_merely_copied(self, world: World) -> None:
        found = list(_words(world.organisation))
        assert len(found) > 120
        for words in found:
            assert all(text.strip() for text in words.to_dict().values())
        assert sum(words.fi == words.en for words in found) <= 6  # town names in teams and the like

    def test_the_model_holds_four_areas_and_reads_columns_that_exist(self, world: World) -> None:
        organisation = world.organisation
        assert [area.code for area in organisation.areas] == ["experience", "relationship", "brand", "business"]
        assert 12 <= len(organisation.measures) <= 16
        for measure in organisation.measures:
            assert measure.measure in names()
            assert measure.area in {area.code for area in organisation.areas}
            table = getattr(world, measure.table)
            if measure.table == "observations":
                assert measure.columns["value"] in table["measure"].unique().to_pylist()
            else:
                derived = {"churned"} if measure.table == "outcomes" else set()  # the ledger derives it from active
                assert set(measure.columns.values()) <= {*table.column_names, *derived}
            assert set(measure.filters) <= set(table.column_names)

    def test_the_reworded_question_says_when(self, world: World) -> None:
        (rewording,) = world.organisation.rewordings
        forms = world.responses.filter(pc.equal(world.responses["attribute_form"], "2"))
        assert pc.min(forms["occurred_at"]).as_py().date() == rewording.until
        question: Question = BY_CODE[rewording.question]
        assert question.wording != rewording.wording


def _words(item: object) -> list[Words]:
    if isinstance(item, Words):
        return [item]
    if isinstance(item, dict):
        item = tuple(item.values())
    if isinstance(item, tuple):
        return [words for part in item for words in _words(part)]
    if hasattr(item, "__dataclass_fields__"):
        return [words for field in fields(item) for words in _words(getattr(item, field.name))]  # type: ignore[arg-type]
    return []


def test_the_code_in_the_docs_does_what_it_says() -> None:
    text = (ROOT / "docs" / "example.md").read_text(encoding="utf-8")
    code = text.split("```python\n")[1].split("```")[0]
    space: dict[str, World] = {}
    exec(code, space)  # type: ignore[arg-type]
    assert f"# {space['world'].responses.num_rows}" in code
    assert (space["world"].seed, space["world"].end, space["world"].null) == (2026, DEFAULT_END, False)


def test_the_table_in_the_docs_is_the_declared_one() -> None:
    text = (ROOT / "docs" / "example.md").read_text(encoding="utf-8")
    begin, end = "<!-- truths:begin -->\n", "<!-- truths:end -->"
    assert text[text.index(begin) + len(begin) : text.index(end)] == markdown_table()
