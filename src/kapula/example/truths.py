"""What is planted in the example world, as data.

The generator reads every effect from here through :class:`Plan`, the table in ``docs/example.md`` is written from here, and the tests
check each truth from the finished tables. A *null* world is the same world with every effect set to zero.

Sizes are on the answer scale before rounding and the scale's limits; the ceiling of a scale makes the visible effect up to
a third smaller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

WEEKS: Final = 156
"""Length of the world: three years of whole weeks."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One planted truth. ``effects`` vanish in a null world; ``settings`` (lags, weeks, teams) do not. ``where``: the tables and columns
    that hold it. ``found_by``: a straightforward analysis that finds it. Weeks count from 0, the world's first Monday."""

    code: str
    statement: str
    where: str
    found_by: str
    effects: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, float | str] = field(default_factory=dict)


TRUTHS: Final[tuple[Truth, ...]] = (
    Truth(
        "queue_leads_phone_nps",
        "A longer phone queue lowers phone NPS two weeks later, within teams.",
        "observations queue_seconds (team × week) → responses answer_nps at phone",
        "Panel regression with team effects on every lag 0–4; only lag 2 is off zero.",
        {"nps_per_minute": -0.38},
        {"lag_weeks": 2},
    ),
    Truth(
        "mix_hides_fall",
        "Total NPS is flat for three years: every segment falls, but the satisfied solar homes grow from a few to many.",
        "responses answer_nps × segment × occurred_at, customers",
        "Slope of all answers is near zero, slope within segments is clearly negative; mix and within parts offset.",
        {"nps_per_year": -0.20, "solar_lead": 1.5, "solar_share_growth": 0.345},
        {"solar_share_start": 0.06},
    ),
    Truth(
        "rising_expectations",
        "Expectations rise, so the experience score falls although the rated performance is unchanged.",
        "relationship responses answer_expectation, answer_experience against the answer_rel_… ratings",
        "Slopes on time, adjusted for segment: expectation up, experience down, performance ratings flat.",
        {"expectation_per_year": 0.10, "experience_per_year": -0.10},
    ),
    Truth(
        "callback_works",
        "The pilot Takaisinsoitto (call-back) raises phone scores; teams joined at different weeks.",
        "events callback_pilot_started, callback_offered; responses answer_nps at phone by team and week",
        "Difference in differences over teams × weeks with permutation of the joining weeks.",
        {"nps": 0.70},
        {"phone_tampere": 78, "phone_oulu": 92, "phone_lahti": 106},
    ),
    Truth(
        "outage_message_does_nothing",
        "The pilot Tekstiviesti katkosta (outage message) has no effect: customers were drawn by lot, the groups do not differ.",
        "responses at outage, attribute_outage_message message/none; events outage_message_sent",
        "Difference of the two groups' means: the interval holds zero and excludes a gain of half a point of NPS score.",
        {"nps": 0.0},
        {"start_week": 100},
    ),
    Truth(
        "staff_support_drives_field_emotion",
        "In the field teams staff's felt support moves customers' emotion three weeks later; in the billing teams it does not.",
        "pulse responses answer_support (team × week) → answer_emotion at field_visit; not at invoice",
        "Panel regression with team effects, four-week means; slope off zero at field_visit, interval holds zero at invoice.",
        {"emotion_per_point": 0.60},
        {"lag_weeks": 3},
    ),
    Truth(
        "relationship_drivers",
        "Recommendation in the relationship survey is made of known weights; responsibility has none.",
        "relationship responses answer_nps on answer_rel_…",
        "Regression: the order of the weights and their shares come back; the interval of responsibility holds zero.",
        {
            "rel_resolution": 0.80,
            "rel_price": 0.55,
            "rel_waiting": 0.40,
            "rel_clarity": 0.25,
            "rel_reliability": 0.10,
            "rel_responsibility": 0.0,
        },
    ),
    Truth(
        "csat_break",
        "In one month the CSAT question was reworded and interviews by phone gave way to e-mail: CSAT jumps down, nothing else does.",
        "responses answer_csat, channel, attribute_form; question csat has two wordings with dates",
        "CSAT before and after differ, NPS in the same weeks does not; the channel mix shifts in the same month.",
        {"csat_wording": -0.28, "csat_interview": 0.30, "interview_share_fall": 0.60},
        {"week": 64, "interview_share_before": 0.70},
    ),
    Truth(
        "decoys_lead_nothing",
        "Web visits, temperature and the spot price lead nothing at the phone.",
        "observations web_visits, temperature, spot_price",
        "Lag regressions of phone NPS on each: no lag survives Benjamini–Hochberg.",
        {"nps": 0.0},
    ),
    Truth(
        "firm_retention",
        "A point more experience lowers a firm account's risk of leaving and raises its revenue; account size confounds both.",
        "outcomes active, revenue by account × quarter on the account's latest relationship answer_experience",
        "Discrete-time hazard and log-revenue regressions with and without size: the crude ratio exaggerates.",
        {"log_hazard": -0.35, "log_revenue": 0.05, "size_log_hazard": -0.45, "size_experience": 0.40},
        {"quarterly_hazard": 0.045},
    ),
    Truth(
        "winter_invoices",
        "Invoices of December, January and February are liked less.",
        "responses answer_csat and answer_nps at invoice by month",
        "Winter months against the rest of the year, season by season.",
        {"csat": -0.40, "nps": -0.90},
    ),
    Truth(
        "invoice_redesign",
        "The redesigned invoice raised ease in one step.",
        "responses answer_ease at invoice by week",
        "The best single split of the weekly means falls at the known week.",
        {"ease": 0.55},
        {"week": 95},
    ),
    Truth(
        "trust_asked_twice",
        "Two questions on trust are one question in two wordings: the second adds nothing.",
        "relationship responses answer_trust, answer_reliance",
        "Their correlation is near 0.95, and either predicts NPS no better beside the other.",
        {"correlation": 0.95},
    ),
    Truth(
        "bonus_gaming",
        "One sales team's scores jump with far fewer invitations in May and November, the months before its bonus is set.",
        "responses at sales by team and month; observations invitations",
        "Team × month contrast: scores up and invitations down together in one team only.",
        {"nps": 1.70, "invitations": -0.60},
        {"team": "sales_south"},
    ),
    Truth(
        "dropped_handoff",
        "Moving customers whom sales hands to service wait, and are served at once less often.",
        "responses at moving, answer_fcr by attribute_handed_off; events handoff with waited_hours",
        "Difference of two shares; mean wait of the hand-offs.",
        {"fcr": -0.28, "waited_hours": 40.0},
        {"share": 0.45},
    ),
)

BY_CODE: Final[dict[str, Truth]] = {truth.code: truth for truth in TRUTHS}


@dataclass(frozen=True, slots=True)
class Plan:
    """Which effects the generator plants: all of them, or in a null world none."""

    null: bool = False

    def effect(self, code: str, name: str) -> float:
        """Size of a planted effect; 0 in a null world."""
        size = float(BY_CODE[code].effects[name])
        return 0.0 if self.null else size

    def number(self, code: str, name: str) -> float:
        """A setting that is a number (a lag, a week, a share)."""
        return float(BY_CODE[code].settings[name])

    def week(self, code: str, name: str = "week") -> int:
        return int(self.number(code, name))

    @property
    def structure(self) -> float:
        """1 where answers, segments and teams may differ and hang together; 0 in a null world."""
        return 0.0 if self.null else 1.0


def markdown_table() -> str:
    """The table of docs/example.md."""

    def pairs(values: Mapping[str, float | str]) -> str:
        return ", ".join(
            f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
        )

    lines = ["| code | what is true | effect | setting | where | how it is found |", "|---|---|---|---|---|---|"]
    for truth in TRUTHS:
        cells = (
            f"`{truth.code}`",
            truth.statement,
            pairs(truth.effects),
            pairs(truth.settings),
            truth.where,
            truth.found_by,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
