"""The questions Aurinkokivi asks: scale, missing codes, measure and wording in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kapula.example.words import Words


@dataclass(frozen=True, slots=True)
class Question:
    """``code``: answers stand in ``answer_<code>``. ``name``: for tables and charts; ``wording``: as asked. ``measure``: the library's
    measure that reads it. ``missing``: codes for "don't know" in raw files; the canonical tables hold nulls. ``role``: the measure's
    column it fills."""

    code: str
    name: Words
    wording: Words
    low: float
    high: float
    measure: str
    missing: tuple[float, ...] = (99.0,)
    role: str = "score"


@dataclass(frozen=True, slots=True)
class Rewording:
    """A question's earlier wording, in use until the day before ``until``."""

    question: str
    until: date
    wording: Words


CSAT_BEFORE: Final = Words(
    "Kuinka tyytyväinen olit saamaasi palveluun?",
    "Hur nöjd var du med servicen du fick?",
    "How satisfied were you with the service you received?",
)

QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "nps", Words("Suosittelu", "Rekommendation", "Recommendation"),
        Words(
            "Kuinka todennäköisesti suosittelisit Aurinkokiveä ystävälle tai kollegalle?",
            "Hur sannolikt är det att du skulle rekommendera Aurinkokivi till en vän eller kollega?",
            "How likely are you to recommend Aurinkokivi to a friend or colleague?",
        ),
        0, 10, "nps",
    ),
    Question(
        "csat", Words("Tyytyväisyys", "Nöjdhet", "Satisfaction"),
        Words(
            "Kun ajattelet koko asiointiasi, kuinka tyytyväinen olet Aurinkokiveen?",
            "När du tänker på hela ditt ärende, hur nöjd är du med Aurinkokivi?",
            "Thinking of the whole contact, how satisfied are you with Aurinkokivi?",
        ),
        1, 5, "csat_top_box",
    ),
    Question(
        "ces", Words("Vaivattomuus", "Lätthet", "Effortlessness"),
        Words(
            "Aurinkokivi teki asiani hoitamisesta helppoa.",
            "Aurinkokivi gjorde det lätt att sköta mitt ärende.",
            "Aurinkokivi made it easy to handle my matter.",
        ),
        1, 7, "ces7",
    ),
    Question(
        "fcr", Words("Hoitui kerralla", "Löst på en gång", "Solved at once"),
        Words("Hoituiko asiasi yhdellä kertaa?", "Löstes ditt ärende på en gång?", "Was your matter solved at once?"),
        0, 1, "fcr",
    ),
    Question(
        "effectiveness", Words("Hyöty", "Nytta", "Effectiveness"),
        Words("Sain sen, mitä tarvitsin.", "Jag fick det jag behövde.", "I got what I needed."),
        1, 5, "effectiveness",
    ),
    Question(
        "ease", Words("Helppous", "Enkelhet", "Ease"),
        Words("Asiointi oli helppoa.", "Det var lätt att uträtta ärendet.", "It was easy."),
        1, 5, "ease",
    ),
    Question(
        "emotion", Words("Tunne", "Känsla", "Emotion"),
        Words("Asioinnista jäi hyvä mieli.", "Jag fick en god känsla av mötet.", "The contact left me feeling good."),
        1, 5, "emotion",
    ),
    Question(
        "expectation", Words("Odotus", "Förväntan", "Expectation"),
        Words(
            "Kuinka paljon odotat energiayhtiöltäsi?",
            "Hur mycket förväntar du dig av ditt energibolag?",
            "How much do you expect of your energy company?",
        ),
        1, 7, "expectation_gap", role="expectation",
    ),
    Question(
        "experience", Words("Kokemus", "Upplevelse", "Experience"),
        Words(
            "Kuinka hyvä kokemuksesi Aurinkokivestä on ollut kuluneen puolen vuoden aikana?",
            "Hur bra har din upplevelse av Aurinkokivi varit under det senaste halvåret?",
            "How good has your experience of Aurinkokivi been over the past six months?",
        ),
        1, 7, "expectation_gap", role="experience",
    ),
    Question(
        "trust", Words("Luottamus", "Förtroende", "Trust"),
        Words("Luotan Aurinkokiveen.", "Jag litar på Aurinkokivi.", "I trust Aurinkokivi."),
        1, 5, "mean",
    ),
    Question(
        "reliance", Words("Luotettavuus", "Pålitlighet", "Reliance"),
        Words("Aurinkokiveen voi luottaa.", "Man kan lita på Aurinkokivi.", "Aurinkokivi can be trusted."),
        1, 5, "mean",
    ),
    Question(
        "rel_resolution", Words("Asioiden ratkaisu", "Lösning av ärenden", "Resolution"),
        Words("Asiani ratkaistaan kunnolla.", "Mina ärenden löses ordentligt.", "My matters are solved properly."),
        1, 5, "mean",
    ),
    Question(
        "rel_price", Words("Hinta", "Pris", "Price"),
        Words("Hinta on reilu.", "Priset är rättvist.", "The price is fair."),
        1, 5, "mean",
    ),
    Question(
        "rel_waiting", Words("Odottelu", "Väntan", "Waiting"),
        Words("Saan apua ilman odottelua.", "Jag får hjälp utan att vänta.", "I get help without waiting."),
        1, 5, "mean",
    ),
    Question(
        "rel_clarity", Words("Laskujen selkeys", "Fakturornas tydlighet", "Clarity of invoices"),
        Words("Laskut ovat selkeitä.", "Fakturorna är tydliga.", "The invoices are clear."),
        1, 5, "mean",
    ),
    Question(
        "rel_reliability", Words("Toimitusvarmuus", "Leveranssäkerhet", "Reliability of supply"),
        Words("Sähkö ja lämpö tulevat varmasti.", "El och värme levereras säkert.", "Power and heat come without fail."),
        1, 5, "mean",
    ),
    Question(
        "rel_responsibility", Words("Vastuullisuus", "Ansvarsfullhet", "Responsibility"),
        Words("Aurinkokivi toimii vastuullisesti.", "Aurinkokivi agerar ansvarsfullt.", "Aurinkokivi acts responsibly."),
        1, 5, "mean",
    ),
    Question(
        "support", Words("Tuki työssä", "Stöd i arbetet", "Support at work"),
        Words(
            "Kuinka hyvin olet tuntenut saavasi tukea työssäsi tällä viikolla?",
            "Hur väl har du känt att du fått stöd i ditt arbete den här veckan?",
            "How supported have you felt in your work this week?",
        ),
        1, 5, "mean",
    ),
    Question(
        "kept_promise", Words("Lupaus piti", "Löftet hölls", "Promise kept"),
        Words(
            "Lupaus piti: sovittiin, mitä seuraavaksi tapahtuu.",
            "Löftet hölls: nästa steg avtalades.",
            "The promise was kept: the next step was agreed.",
        ),
        0, 1, "share", (),
    ),
    Question(
        "greeted_by_name", Words("Nimeltä puhuttelu", "Tilltal vid namn", "Greeted by name"),
        Words("Asiakasta puhuteltiin nimeltä.", "Kunden tilltalades vid namn.", "The customer was addressed by name."),
        0, 1, "share", (),
    ),
    Question(
        "showed_empathy", Words("Myötätunto", "Medkänsla", "Empathy"),
        Words("Asiakkaan tunne huomattiin.", "Kundens känsla uppmärksammades.", "The customer's feeling was noticed."),
        0, 1, "share", (),
    ),
)  # fmt: skip

COMMENT_QUESTIONS: Final[dict[str, Words]] = {
    "why": Words("Miksi annoit tämän arvion?", "Varför gav du det här betyget?", "Why did you give this rating?"),
    "support_why": Words(
        "Mitä viikosta jäi mieleen?", "Vad minns du från veckan?", "What do you remember of the week?"
    ),
    "observed": Words("Mitä havaitsit?", "Vad observerade du?", "What did you observe?"),
}

BY_CODE: Final = {question.code: question for question in QUESTIONS}
DRIVERS: Final = tuple(question.code for question in QUESTIONS if question.code.startswith("rel_"))

ASKED_AT: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("nps", "csat", "ces", "fcr", "emotion"),
    "chat": ("nps", "csat", "ces", "fcr", "ease"),
    "app": ("nps", "csat", "ease", "emotion"),
    "invoice": ("nps", "csat", "ease", "emotion"),
    "moving": ("nps", "csat", "ces", "fcr", "emotion"),
    "outage": ("nps", "csat", "fcr", "emotion"),
    "field_visit": ("nps", "csat", "effectiveness", "ease", "emotion"),
    "sales": ("nps", "csat", "effectiveness", "ease", "emotion"),
    "website": ("nps", "ces", "ease"),
    "district_heating": ("nps", "csat", "effectiveness", "emotion"),
    "solar": ("nps", "csat", "effectiveness", "ease", "emotion"),
    "ev_charging": ("nps", "csat", "ease"),
    "contract": ("nps", "csat", "ces", "fcr"),
    "key_account": ("nps", "csat", "effectiveness", "emotion"),
}
"""Which questions each touchpoint's survey holds."""
