"""Aurinkokivi Energia: its teams, touchpoints, segments and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kapula.example.words import Words


@dataclass(frozen=True, slots=True)
class Team:
    """``size``: people. ``touchpoints``: whom it meets customers at, with its share of that touchpoint's contacts."""

    code: str
    name: Words
    size: int
    touchpoints: dict[str, float]
    pulse_rate: float = 0.40


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """``stage``: the life-cycle stage it belongs to (consider, join, use, trouble, change, together). ``volume``: relative number
    of touchpoint answers; 0 where answers come from elsewhere."""

    code: str
    name: Words
    stage: str
    volume: float = 0.0


@dataclass(frozen=True, slots=True)
class Segment:
    """``kind``: home or firm. ``level``: how much better than a house its NPS score is (besides the planted lead of solar homes)."""

    code: str
    name: Words
    kind: str
    level: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from. ``kind``: survey, pulse, audit, operational or system. ``rhythm``: how often new rows are expected."""

    code: str
    name: Words
    kind: str
    rhythm: str


NAME: Final = "Aurinkokivi Energia"
DESCRIPTION: Final = Words(
    "Energiayhtiö, joka myy sähköä, kaukolämpöä ja aurinkoenergiaa kodeille ja yrityksille.",
    "Ett energibolag som säljer el, fjärrvärme och solenergi till hem och företag.",
    "An energy company that sells electricity, district heating and solar power to homes and firms.",
)

_PHONE: Final = (
    ("tampere", "Tampere", "Tammerfors", 0.20),
    ("turku", "Turku", "Åbo", 0.18),
    ("oulu", "Oulu", "Uleåborg", 0.17),
    ("kuopio", "Kuopio", "Kuopio", 0.15),
    ("lahti", "Lahti", "Lahtis", 0.15),
    ("vaasa", "Vaasa", "Vasa", 0.15),
)

TEAMS: Final[tuple[Team, ...]] = (
    *(
        Team(
            f"phone_{code}",
            Words(f"Puhelinpalvelu {fi}", f"Telefonservice {sv}", f"Phone service {fi}"),
            8,
            {"phone": share},
        )
        for code, fi, sv, share in _PHONE
    ),
    Team(
        "digital",
        Words("Digipalvelut", "Digitala tjänster", "Digital services"),
        9,
        {"chat": 1.0, "app": 1.0, "website": 1.0},
    ),
    Team("billing_homes", Words("Laskutus, kodit", "Fakturering, hem", "Billing, homes"), 11, {"invoice": 0.6}, 0.5),
    Team(
        "billing_firms",
        Words("Laskutus, yritykset", "Fakturering, företag", "Billing, firms"),
        11,
        {"invoice": 0.4},
        0.5,
    ),
    Team(
        "contracts",
        Words("Muutot ja sopimukset", "Flyttar och avtal", "Moves and contracts"),
        8,
        {"moving": 1.0, "contract": 1.0},
    ),
    Team("network", Words("Verkon valvomo", "Nätets driftcentral", "Network control room"), 9, {"outage": 1.0}),
    Team(
        "field_pirkanmaa",
        Words("Kenttätiimi Pirkanmaa", "Fältteamet Birkaland", "Field team Pirkanmaa"),
        14,
        {"field_visit": 0.35},
        0.55,
    ),
    Team(
        "field_uusimaa",
        Words("Kenttätiimi Uusimaa", "Fältteamet Nyland", "Field team Uusimaa"),
        14,
        {"field_visit": 0.35},
        0.55,
    ),
    Team(
        "field_pohjanmaa",
        Words("Kenttätiimi Pohjanmaa", "Fältteamet Österbotten", "Field team Pohjanmaa"),
        14,
        {"field_visit": 0.30},
        0.55,
    ),
    Team("sales_south", Words("Myynti Etelä", "Försäljning Syd", "Sales South"), 7, {"sales": 0.36}),
    Team("sales_north", Words("Myynti Pohjoinen", "Försäljning Nord", "Sales North"), 7, {"sales": 0.34}),
    Team("sales_west", Words("Myynti Länsi", "Försäljning Väst", "Sales West"), 7, {"sales": 0.30}),
    Team(
        "solutions",
        Words("Energiaratkaisut", "Energilösningar", "Energy solutions"),
        10,
        {"solar": 1.0, "ev_charging": 1.0, "district_heating": 1.0},
    ),
    Team(
        "key_accounts",
        Words("Yritysten yhteyshenkilöt", "Företagens kontaktpersoner", "Key account managers"),
        6,
        {"key_account": 1.0},
    ),
)

TOUCHPOINTS: Final[tuple[Touchpoint, ...]] = (
    Touchpoint("phone", Words("Puhelinpalvelu", "Telefonservice", "Phone service"), "trouble", 30),
    Touchpoint("chat", Words("Chat", "Chatt", "Chat"), "trouble", 9),
    Touchpoint("app", Words("Sovellus", "Appen", "App"), "use", 12),
    Touchpoint("invoice", Words("Lasku", "Fakturan", "Invoice"), "use", 14),
    Touchpoint("moving", Words("Muutto", "Flytt", "Moving home"), "change", 5.5),
    Touchpoint("outage", Words("Sähkökatko", "Elavbrott", "Power outage"), "trouble", 6),
    Touchpoint("field_visit", Words("Asentajan käynti", "Montörsbesök", "Field visit"), "join", 11),
    Touchpoint("sales", Words("Myynti", "Försäljning", "Sales"), "consider", 6.5),
    Touchpoint("website", Words("Verkkosivut", "Webbplatsen", "Website"), "consider", 2.5),
    Touchpoint("district_heating", Words("Kaukolämpö", "Fjärrvärme", "District heating"), "use", 2),
    Touchpoint("solar", Words("Aurinkosähkö", "Solel", "Solar power"), "join", 2),
    Touchpoint("ev_charging", Words("Sähköauton lataus", "Laddning av elbil", "EV charging"), "use", 1.3),
    Touchpoint("contract", Words("Sopimus", "Avtalet", "Contract"), "join", 2.5),
    Touchpoint("key_account", Words("Yhteyshenkilö", "Kontaktperson", "Key account manager"), "together", 1.5),
    Touchpoint("relationship", Words("Asiakassuhde", "Kundrelationen", "Relationship"), "together"),
    Touchpoint("staff", Words("Henkilöstö", "Personalen", "Staff"), "together"),
)

SEGMENTS: Final[tuple[Segment, ...]] = (
    Segment("house", Words("Omakotitalo", "Egnahemshus", "House"), "home", 0.0),
    Segment("flat", Words("Kerrostalokoti", "Hem i flervåningshus", "Flat"), "home", -0.15),
    Segment("solar_home", Words("Aurinkokoti", "Solhem", "Solar home"), "home", 0.0),
    Segment("small_firm", Words("Pieni yritys", "Litet företag", "Small firm"), "firm", -0.10),
    Segment("large_firm", Words("Suuri yritys", "Stort företag", "Large firm"), "firm", 0.10),
)

SOURCES: Final[tuple[Source, ...]] = (
    Source(
        "touchpoint_survey", Words("Kohtaamiskyselyt", "Kontaktpunktsenkäter", "Touchpoint surveys"), "survey", "day"
    ),
    Source(
        "relationship_survey",
        Words("Asiakassuhdekysely", "Relationsenkät", "Relationship survey"),
        "survey",
        "half_year",
    ),
    Source(
        "staff_pulse", Words("Henkilöstön viikkopulssi", "Personalens veckopuls", "Weekly staff pulse"), "pulse", "week"
    ),
    Source(
        "mystery_audit",
        Words("Havainnoidut asioinnit", "Observerade ärenden", "Observed visits and calls"),
        "audit",
        "month",
    ),
    Source("phone_system", Words("Puhelinjärjestelmä", "Telefonsystemet", "Phone system"), "operational", "week"),
    Source(
        "digital_channels",
        Words("Digikanavien mittarit", "Digitala kanalers mätare", "Digital channel figures"),
        "operational",
        "week",
    ),
    Source(
        "network_control", Words("Verkon käytönvalvonta", "Nätövervakningen", "Network control"), "operational", "week"
    ),
    Source("customer_system", Words("Asiakasjärjestelmä", "Kundsystemet", "Customer system"), "system", "quarter"),
)

STAGES: Final[dict[str, Words]] = {
    "new": Words("Uusi asiakas", "Ny kund", "New customer"),
    "settled": Words("Vakiintunut", "Etablerad", "Settled"),
    "renewing": Words("Sopimus uusittavana", "Avtal förnyas", "Renewing"),
    "at_risk": Words("Harkitsee lähtöä", "Överväger att lämna", "At risk"),
}

ROLES: Final[dict[str, Words]] = {
    "decision_maker": Words("Päättäjä", "Beslutsfattare", "Decision maker"),
    "daily_user": Words("Arjen käyttäjä", "Daglig användare", "Daily user"),
    "billing_contact": Words("Laskuista vastaava", "Fakturaansvarig", "Billing contact"),
    "technical_contact": Words("Tekninen yhteyshenkilö", "Teknisk kontakt", "Technical contact"),
}

REGIONS: Final[dict[str, Words]] = {
    "south": Words("Etelä", "Syd", "South"),
    "west": Words("Länsi", "Väst", "West"),
    "east": Words("Itä", "Öst", "East"),
    "north": Words("Pohjoinen", "Nord", "North"),
}

TEAM_BY_CODE: Final = {team.code: team for team in TEAMS}
SEGMENT_CODES: Final = tuple(segment.code for segment in SEGMENTS)
TOUCHPOINT_CODES: Final = tuple(touchpoint.code for touchpoint in TOUCHPOINTS)


def teams_at(touchpoint: str) -> tuple[tuple[str, float], ...]:
    """The teams that serve a touchpoint and their shares of its contacts."""
    return tuple((team.code, team.touchpoints[touchpoint]) for team in TEAMS if touchpoint in team.touchpoints)
