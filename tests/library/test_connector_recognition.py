"""What columns are taken for, and the evidence that is given."""

from __future__ import annotations

import pytest
from connector_files import written

from kapula import connectors
from kapula.connectors.columns.labels import labelled
from kapula.connectors.columns.scales import fits
from kapula.connectors.columns.words import roles_named


def peeked(tmp_path, text: str, name: str = "a.csv"):
    return connectors.peek(written(tmp_path / name, text))


def column(peek, name: str):
    return next(c for c in peek.plan.columns if c.column == name)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Pvm", "occurred_at"), ("Vastauspäivä", "occurred_at"), ("Datum", "occurred_at"),
        ("ResponseDate", "occurred_at"), ("Aikaleima", "occurred_at"),
        ("Asiakasnumero", "customer"), ("asiakas", "customer"), ("Kundnummer", "customer"), ("customer_id", "customer"),
        ("Kohtaamispiste", "touchpoint"), ("Palvelu", "touchpoint"), ("Kontaktpunkt", "touchpoint"), ("Touchpoint", "touchpoint"),
        ("Kommentti", "comment"), ("Avoin palaute", "comment"), ("Vapaa sana", "comment"),
        ("Kommentar", "comment"), ("Free text", "comment"),
        ("Kanava", "channel"), ("Kanal", "channel"), ("Tiimi", "team"), ("Toimipiste", "team"),
        ("Yritys", "account"), ("Företag", "account"),
        ("Segmentti", "segment"), ("Kieli", "language"), ("Språk", "language"), ("WEIGHT", "weight"), ("Painokerroin", "weight"),
        ("Vastaaja ID", "external_id"), ("RESPNUM", "external_id"), ("Response ID", "external_id"),
        ("Vastaus-ID", "external_id"), ("Vastausnumero", "external_id"), ("Vastaajan ID", "external_id"), ("Vastaaja-ID", "external_id"),
        ("Svars-ID", "external_id"), ("Svarsnummer", "external_id"), ("Svarandens ID", "external_id"),
        ("Response-ID", "external_id"), ("response_no", "external_id"), ("Palaute-ID", "external_id"),
        ("Asiakas-ID", "customer"), ("Y-tunnus", "account"), ("Mätare", "measure"), ("Määrä", "n"),
    ],
)  # fmt: skip
def test_names_in_three_languages(name, role):
    assert role in roles_named(name)


@pytest.mark.parametrize(
    ("values", "scale", "outside"),
    [
        (range(11), (0, 10), []), ([0, 5, 10], (0, 10), []), (range(1, 6), (1, 5), []), (range(1, 8), (1, 7), []),
        ([1, 2, 3, 4], (1, 4), []),
        (range(7), (1, 5), [0, 6]), (range(12), (0, 10), [11]), ([1, 2, 3, 4, 5, 99], (1, 5), [99]), ([1, 4, 5, -1], (1, 5), [-1]),
    ],
)  # fmt: skip
def test_scales_and_the_codes_beyond_them(values, scale, outside):
    """0 and 6 about 1–5 and 11 above 0–10: as in SFO's survey, where they mean no answer."""
    fit = fits({float(value): 10 for value in values})[0]
    assert ((fit.low, fit.high), list(fit.outside)) == (scale, outside)


@pytest.mark.parametrize("values", [[1.5, 2], [18, 35, 62], [1000, 2000]])
def test_ages_sums_and_fractions_lie_on_no_short_scale(values):
    assert all(fit.high > 10 for fit in fits({float(value): 1 for value in values}))


def test_answers_in_words():
    coded = labelled(["10 - Erittäin todennäköisesti", "0 - En lainkaan", "5", "EOS"])
    assert (coded.low, coded.high, coded.missing) == (0, 10, ("EOS",))
    worded = labelled(["Täysin samaa mieltä", "Osittain eri mieltä", "En osaa sanoa"])
    assert worded.labels["5"] == "Täysin samaa mieltä"
    assert (worded.low, worded.high, worded.missing) == (1, 5, ("En osaa sanoa",))
    assert labelled(["Helsinki", "Espoo"]) is None


def test_codes_beyond_the_scale_are_suggested_with_their_counts_never_used(tmp_path):
    rows = "".join(f"1.1.2026;{value}\n" for value in [*range(11)] * 3 + [11] * 4 + ["ei vastausta", "xx"])
    peek = peeked(tmp_path, "Pvm;NPS\n" + rows)
    assert column(peek, "NPS").missing == ("11", "xx")
    assert ("missing_suggested", "NPS (0–10): 11 ×4, xx ×1") in peek.notes


def test_personal_identity_codes_are_left_out_by_value_or_by_name(tmp_path):
    """131052-308T is the population register's own example; 010101-9xxx codes are temporary ones."""
    peek = peeked(tmp_path, "Tunnus;Hetu;NPS;sähköposti\n131052-308T;x;9;a@b.fi\n131052-308T;y;8;c@d.fi\n")
    assert [column(peek, name).role for name in ("Tunnus", "Hetu", "sähköposti")] == ["ignore"] * 3
    assert ("personal_identity_code", "Tunnus") in peek.notes
    assert ("personal_data", "sähköposti") in peek.notes


@pytest.mark.parametrize(
    ("dates", "family", "note"),
    [
        (("13/02/2026", "01/02/2026"), "%d/%m/%Y", "date_day_first"), (("02/13/2026", "01/02/2026"), "%m/%d/%Y", "date_month_first"),
        (("01/02/2026", "03/04/2026"), "%d/%m/%Y", "date_order_ambiguous"), (("1.2.2026", "3.4.2026"), "%d.%m.%Y", None),
        (("2026-02-01T10:00:00Z", "2026-02-02T10:00:00Z"), "%Y-%m-%d", None), (("1.2.26", "3.4.26"), "%d.%m.%y", None),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_comes_from_evidence(dates, family, note, tmp_path):
    peek = peeked(tmp_path, "Pvm;NPS\n" + "".join(f"{day};{i}\n" for i, day in enumerate(dates)))
    assert column(peek, "Pvm").date_format == family
    assert [code for code, _ in peek.notes if code.startswith("date_")] == ([note] if note else [])


def test_a_file_without_dates_gets_the_one_in_its_name(tmp_path):
    peek = peeked(tmp_path, "NPS\n9\n8\n", "asiakaskysely_2025-03.csv")
    assert peek.plan.options["default_date"] == "2025-03-01"
    assert ("default_date_from_name", "2025-03-01") in peek.notes


def test_decimal_commas_are_seen_and_said(tmp_path):
    peek = peeked(tmp_path, "Pvm;NPS;Summa\n1.1.2026;9;1 000,50\n2.1.2026;8;3,20\n")
    assert peek.plan.options["decimal"] == ","
    assert ("decimal_comma", "") in peek.notes
    assert peeked(tmp_path, "Pvm,NPS,Sum\n2026-01-01,9,1000.50\n").plan.options["decimal"] == "."


def test_long_texts_are_comments_few_texts_are_not(tmp_path):
    rows = "".join(f"{i % 11};Tämä on vastaus numero {i} ja siinä on sanoja;{'AB'[i % 2]}\n" for i in range(50))
    peek = peeked(tmp_path, "NPS;Q9;Ryhmä\n" + rows)
    assert (column(peek, "Q9").role, column(peek, "Ryhmä").role) == ("comment", "attribute")


def test_a_battery_agrees_on_its_scale(tmp_path):
    """One question of four was never answered with a 1: its scale is still that of the others."""
    rows = "".join(f"{1 + i % 5};{5 - i % 5};{1 + (i * 2) % 5};{2 + i % 4}\n" for i in range(40))
    peek = peeked(tmp_path, "Q7A;Q7B;Q7C;Q7D\n" + rows)
    assert [(c.role, c.low, c.high) for c in peek.plan.columns][:3] == [("score", 1.0, 5.0)] * 3


SHAPES = {
    "wide": "Pvm;NPS\n1.1.2026;9\n",
    "long": "vastaajan id;kysymys;vastaus\n1;NPS;9\n1;Miksi?;Hyvä palvelu\n2;NPS;3\n2;Miksi?;Huono\n",
    "observations": "Viikko;Palvelu;Jonotusaika;Puhelut\n2026-W01;A;3,5;10\n2026-W02;A;4,1;12\n",
    "events": "asiakas;tapahtuma;aikaleima\n1;osto;2026-01-01 10:00\n2;reklamaatio;2026-01-02 11:00\n",
    "outcomes": "asiakasnumero;kuukausi;laskutus;aktiivinen\n1;2026-01;100,50;kyllä\n1;2026-02;0;ei\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_are_recognised_and_read(shape, tmp_path):
    path = written(tmp_path / "a.csv", SHAPES[shape])
    plan = connectors.peek(path).plan
    assert plan.shape == shape
    batches = list(connectors.read(path, plan))
    assert sum(batch.rows.num_rows for batch in batches) > 0
    assert [row.reasons for batch in batches for row in batch.rejected] == []


SERIES = {
    "fi": ("Mittari;Kohtaamispiste;Viikko;Arvo;Määrä", "jonoaika;Puhelin;2026-W{:02};{},5;120"),
    "sv": ("Mätare;Kontaktpunkt;Vecka;Värde;Antal", "kötid;Telefon;{}/2026;{},5;120"),
    "en": ("Measure,Touchpoint,Week,Value,n", "queue,Phone,2026-W{:02},{}.5,120"),
    "whole numbers": ("Mittari;Kohtaamispiste;Viikko;Arvo;Määrä", "jonoaika;Puhelin;2026-W{:02};{};120"),
}


@pytest.mark.parametrize("count", [2, 40])
@pytest.mark.parametrize("spelling", SERIES)
def test_a_series_that_names_its_measure_is_observations_not_answers(spelling, count, tmp_path):
    """However many weeks there are: a week that occurs once is a period, not somebody's identifier."""
    header, row = SERIES[spelling]
    rows = [row.format(i + 1, i % 7 + 1) for i in range(count)]
    path = written(tmp_path / "a.csv", "\n".join([header, *rows]) + "\n")
    plan = connectors.peek(path).plan
    assert (plan.shape, plan.options["grain"]) == ("observations", "week")
    assert [c.role for c in plan.columns] == ["measure", "touchpoint", "period", "value", "n"]
    batches = list(connectors.read(path, plan))
    assert sum(batch.rows.num_rows for batch in batches) == count
    assert [row.reasons for batch in batches for row in batch.rejected] == []


def test_a_measure_answered_by_somebody_is_an_answer(tmp_path):
    peek = peeked(tmp_path, "Vastaaja-ID;Mittari;Pvm;Arvo\n1;NPS;1.3.2026;9\n1;CSAT;1.3.2026;4\n2;NPS;2.3.2026;3\n")
    assert peek.plan.shape == "long"


def test_a_count_alone_is_the_figure_of_its_series(tmp_path):
    peek = peeked(tmp_path, "Viikko;Palvelu;Lukumäärä\n2026-W01;A;10\n2026-W02;A;12\n")
    assert (peek.plan.shape, column(peek, "Lukumäärä").role) == ("observations", "value")


@pytest.mark.parametrize(
    ("periods", "grain"),
    [
        (("2026-W01", "2026-W02"), "week"), (("1/2026", "2/2026"), "month"), (("tammikuu 2026", "helmikuu 2026"), "month"),
        (("Q1 2026", "Q2 2026"), "quarter"), (("1.1.2026", "1.2.2026"), "month"), (("5.1.2026", "12.1.2026"), "week"),
        (("5.1.2026", "6.1.2026"), "day"), (("1.1.2025", "1.1.2026"), "year"),
    ],
)  # fmt: skip
def test_the_grain_of_a_series_is_seen(periods, grain, tmp_path):
    header = "Viikko" if grain == "week" and "W" in periods[0] else "Pvm" if periods[0].count(".") == 2 else "Jakso"
    peek = peeked(tmp_path, f"{header};Jonotusaika\n" + "".join(f"{period};3,5\n" for period in periods))
    assert (peek.plan.shape, peek.plan.options["grain"]) == ("observations", grain)


def test_churn_means_left(tmp_path):
    peek = peeked(tmp_path, "customer_id,month,revenue,churned\n1,2026-01,10.5,No\n2,2026-01,9.5,Yes\n")
    assert peek.plan.options["active_means"] == "left"
    batch = next(connectors.read(tmp_path / "a.csv", peek.plan))
    assert batch.rows["active"].to_pylist() == [True, False]


def test_qualtrics_previews_are_set_apart(tmp_path):
    header = "Status,ResponseId,RecordedDate,Q1\nType,Id,Date,How likely?\n" + '"{""ImportId"":""a""}",b,c,d\n'
    rows = "IP Address,R1,2026-01-01,10\nSurvey Preview,R2,2026-01-01,0\n"
    peek = peeked(tmp_path, header + rows)
    assert (peek.connector, column(peek, "Q1").wording) == ("qualtrics", "How likely?")
    batch = next(connectors.read(tmp_path / "a.csv", peek.plan))
    assert batch.rows["external_id"].to_pylist() == ["R1"]
    assert batch.rejected[0].reasons == (("Status", "test_answer", "Survey Preview"),)


def test_webropols_choices_are_attributes_and_its_matrices_scores(tmp_path):
    header = "Vastaajan ID;Vastausaika;Arvioi palvelua: Nopeus;Arvioi palvelua: Laatu;Mistä kuulit: Lehti;Mistä kuulit: Radio\n"
    rows = "1;1.1.2026 9.15;Täysin samaa mieltä;4;Lehti;\n2;1.1.2026 9.20;En osaa sanoa;5;;Radio\n3;1.1.2026 9.30;Täysin eri mieltä;1;;\n"
    peek = peeked(tmp_path, header + rows)
    assert peek.connector == "webropol"
    assert [c.role for c in peek.plan.columns] == [
        "external_id",
        "occurred_at",
        "score",
        "score",
        "attribute",
        "attribute",
    ]
    batch = next(connectors.read(tmp_path / "a.csv", peek.plan))
    assert batch.rows["answer_arvioi_palvelua_nopeus"].to_pylist() == [5.0, None, 1.0]
