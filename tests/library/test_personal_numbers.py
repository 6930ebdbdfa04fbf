"""Personal data that has a form: found where it stands, in the spellings people use, and not where something only looks like it.

Check digits: hetu by dvv.fi's rule, IBAN by ISO 13616 (mod 97), business id by vero.fi's rule; all people and firms are invented.
"""

from __future__ import annotations

import pytest
from stdnum import iban
from stdnum.fi import hetu, ytunnus

from kapula.text.personal import find

FOUND = {
    "hetu": [
        "Hetuni on [131052-308T].",
        "syntynyt 2000-luvulla: [050610A9465]",
        "uusi välimerkki [131052Y308T] kelpaa",
        "pienellä [131052-308t] ja välilyönnein [131052 - 308T]",
        "pitkä viiva [131052–308T]",
        "hetu [131052-308X] (näppäilyvirhe, mutta sana sanoo)",
        "henkilötunnus [131052308T] ilman välimerkkiä",
        "väliaikainen [190868-907H]",
    ],
    "iban": [
        "Tili [FI21 1234 5600 0007 85] kiitos",
        "tilille [FI2112345600000785].",
        "pienellä [fi21 1234 5600 0007 85]",
        "väliviivoin [FI21-1234-5600-0007-85]",
        "till [SE45 5000 0000 0583 9825 7466] tack",
        "palautus tilille [FI21 1234 5600 0007 86] (näppäilyvirhe)",
        "vanha tilinumero [123456-785]",
    ],
    "business_id": [
        "Y-tunnus [0112038-9]",
        "Yrityksemme ([0112038-9]) laskutus",
        "alv-numero [FI01120389]",
        "y-tunnus [0112038-1] on väärin kirjoitettu",
        "FO-nummer [0112038-9]",
    ],
    "phone": [
        "Soita [040 555 0199] illalla",
        "numero [0401112233]",
        "[0450-778 120]",
        "[0400 55 50 271] tavoittaa",
        "puh. [(09) 123 4567]",
        "[+358 40 123 4567] tai [00358401234567]",
        "[+358 (0)40 1234567]",
        "o-kirjain nollana: [o40 1234567]",
        "soita [040 555 0199] 2 kertaa",
        "ring [+46 70 123 45 67]",
        "puh [040.123.4567]",
        "toimisto [08 5550 143]",
        "soita [nolla neljäsataa viis viis viis nolla kuus]",
    ],
    "email": [
        "Vastatkaa [liisa.virtanen@esimerkki.fi].",
        "osoite on [riitta-maija(at)esimerkki.fi]",
        "[liisa @ esimerkki.fi]",
        "sähköposti [liisa at esimerkki.fi]",
        "[tero piste kallunki ät posti piste example]",
        "lähetä [liisa.virtanen@esimerkki.fi]:iin",
    ],
    "address": [
        "asun [Koivukuja 4 B 12]:ssa",
        "[Mannerheimintien 5]:ssä",
        "[Rantatie 21, 99800 Ivalo]",
        "[Ahjokatu 9 as. 3], nimi vaihtunut",
        "[Aleksis Kiven katu 5], toinen kerros",
        "[Merikatu 12 A 9, Kristiinankaupunki], kiitos",
        "osoitteeni on [koivukuja 4 b 12]",
        "muutin, uusi on [33210 Tampere]",
        "[Nahkurinkuja 1 b A, 20100 Turku]",
    ],
    "plate": ["Autoni [ABX-417] on", "rek [ZKR-118]", "auto [abc-12] hinattiin", "rekisterinumero [ABC 123]"],
    "order_no": [
        "Tilausnumero [7741-20983]",
        "tilaus [40188] perillä",
        "Varauksemme [QX4T9L] oli kadonnut",
        "vikailmoitukset [55102], [55340] ja [55788].",
        "asiakasnumeroni on [100234877]",
        "lahjakortin tilaus [A-77120] tuli",
        "Paketti [JJFI60500114477] seisoo",
        "hakemus nro [2231-884]",
    ],
}

SWEDISH = [
    ("address", "Jag bor på [Storgatan 12] i Vasa"),
    ("address", "[Strandgatan 8, 66900 Nykarleby]"),
    ("phone", "ring [070-123 45 67]"),
    ("order_no", "Order [5538-1204], har den skickats?"),
    ("order_no", "kundnummer [448812]"),
    ("hetu", "min personbeteckning är [131052-308T]"),
]
ENGLISH = [
    ("address", "I live at [12 High Street, Leeds]."),
    ("address", "[Unit 6, Kiln Lane, Stockport SK4 2AB]"),
    ("phone", "ring me, [07700 900142], any time"),
    ("phone", "call [(212) 555-0199]"),
    ("plate", "My car, reg [NX71 KPR], was hit"),
    ("order_no", "My order [20-3381] is late"),
    ("order_no", "booking reference [X7KQ2M]"),
]

NOT_FOUND = [
    "EU-2016 ja COVID-19 eivät ole kilpiä",
    "malli ABC-123 ja tuote XYZ-100",
    "tuotekoodi 120346-123A",
    "viivakoodi 131052-308X",
    "Mallinumero 0445-182-077 sopi",
    "kävin 2.5.2024 klo 12.30 ja 05.12.2023",
    "maksoi 1234,50 € ja 0,5 l maitoa",
    "tilaus 2024 ja tilauksia 1500 kpl",
    "tilasin 12 kpl, tuli 11",
    "jonotin 1234567 vuotta",
    "valtatie 4 ja kehätie 3",
    "avoinna 09:00-16:00 ja 9-17",
    "ISO 9001 ja USB-C 3.2",
    "meet me at lunch at noon",
    "palaute 10/10, NPS 9",
]


def _told(marked: str) -> tuple[str, list[str]]:
    parts = marked.replace("]", "[").split("[")
    return "".join(parts), parts[1::2]


@pytest.mark.parametrize(("kind", "marked"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_found_in_finnish(kind: str, marked: str) -> None:
    text, expected = _told(marked)
    assert [text[one.start : one.end] for one in find(text) if one.type == kind] == expected


@pytest.mark.parametrize(
    ("language", "kind", "marked"),
    [("sv", kind, text) for kind, text in SWEDISH] + [("en", kind, text) for kind, text in ENGLISH],
)
def test_found_in_swedish_and_english(language: str, kind: str, marked: str) -> None:
    text, expected = _told(marked)
    assert [text[one.start : one.end] for one in find(text, language) if one.type == kind] == expected


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_it(text: str) -> None:
    assert find(text) == ()


def test_every_century_sign_is_read() -> None:
    for sign in "-YXWVU+ABCDEF":
        code = f"131052{sign}9089"
        checked = code[:-1] + "0123456789ABCDEFHJKLMNPRSTUVWXY"[int("131052908") % 31]
        assert hetu.is_valid(checked, allow_temporary=True), sign
        assert [one.type for one in find(f"tunnus {checked} tässä")] == ["hetu"], sign


def test_a_wrong_check_without_words_is_not_personal() -> None:
    assert not hetu.is_valid("131052-308X", allow_temporary=True)
    assert not iban.is_valid("FI2112345600000786")
    assert not ytunnus.is_valid("0112038-1")
    for text in ("koodi 131052-308X tässä", "koodi FI21 1234 5600 0007 86 tässä", "koodi 0112038-1 tässä"):
        assert {one.type for one in find(text)}.isdisjoint({"hetu", "iban", "business_id"}), text


def test_the_surer_kind_wins() -> None:
    found = find("Tilausnumero 0401234567, maksu FI21 1234 5600 0007 85, liisa.virtanen@esimerkki.fi")
    assert [one.type for one in found] == ["order_no", "iban", "email"]
