"""Names of people in running text: inflected, after titles, in small letters; and the words and places that only look like names."""

from __future__ import annotations

import pytest

from kapula.text.personal import find
from kapula.text.personal.names import voikko
from kapula.text.personal.names.finder import find as find_names
from kapula.text.personal.names.forms import forms

FINNISH = [
    "Kiitos [Virtaselle]!",
    "Soitin [Mäelle] ja [Lahdelle]",
    "[Liisa Mäen] kanssa",
    "Asiaa hoiti [Antti Niemi], ja [Niemelle] kiitos",
    "Puhuin [Aallon] kanssa",
    "Myyjä [Kaisu] osasi",
    "Terveisin [Xiaolu Zhangsson]",
    "nimeni on [Adaeze Obiechina]",
    "Kiitos [Tiina-Maijalle].",
    "palvelija oli [Riitta]-niminen nainen",
    "[Rauha Mäkikin] jäi eläkkeelle",
    "[Liisalla] ja [Jarmollakin] oli kiire",
    "vaimoni [Suvi] ja tyttäreni [Lumi]",
    "rouva [Hirvosen] ostokset",
    "Virkailija [Farhad] neuvoi",
    "myyjälle [Rzepkalle] kiitos",
    "Kiitos [Mohamedille] ja [Nguyenille].",
    "[Halla] vastasi puhelimeen ja [Lumi] soitti takaisin",
    "[Toivo Virtanen] auttoi",
    "nimi [A. Virtanen] ovessa",
    "[liisa virtanen] soitti minulle",
    "kiitos [jarille]",
    "soitto [virtaselle] ei onnistu",
    "KIITOS [SEIJALLE]",
    "NIMI [ELLI SAVUKOSKI]",
    "kiitos Kuopion [Sirpalle]",
    "tuli [Ketolan Virpi] ja [Kuoppamäen Reijo]",
    "Tapasin [Kaarinan] eilen",
    "[Mikko] tuli. Sitten [Mikko] lähti ja [Mikolle] kiitos",
]
SWEDISH = [
    "Tack [Gunilla] som ringde",
    "Mitt namn är [Börje Nyholm]",
    "Sköterskan [Ann-Mari] höll handen",
    "[Björn Lindqvists] faktura",
    "Jag heter [Ahmed]",
    "Ring [Virtanen] i morgon",
    "kundrådgivaren [Xhelal] hjälpte",
]
ENGLISH = [
    "My name is [Priya Raman], hello",
    "Thanks to [Miikka] it works",
    "I spoke to Mr [Hill] yesterday",
    "[Grace] helped me",
    "The nurse [Oyelaran] was kind",
    "[Liam Hartley]'s account",
]
NO_NAMES = {
    "fi": [
        "Toinen teki työn loppuun kunnialla.",
        "Viimeinen kysyi minulta, miten muut olivat neuvoneet.",
        "Suutari korjasi kolme paria.",
        "korvaus tuli kahes päiväs ja lattia on samas tasos",
        "Lähtevätkö päiväristeilyt Turusta myös helmikuussa?",
        "Toivon parasta. Toivo on mennyt.",
        "Onni on, että asia hoitui",
        "Lumi suli ja suvi tuli",
        "Annan arvosanaksi viisi. Anna kun mietin.",
        "Ainoa hyvä puoli. Aina sama.",
        "Asun Kalliossa ja käyn Lahdessa",
        "Vaimo asuu Kaarinassa",
        "Putki Virtanen Oy hoiti",
        "Kiitos Elisalle ja Ilmariselle",
        "Marian sairaalassa ja Kaisa-talossa",
        "Olen tyytyväinen. Ole hyvä.",
        "olen käynyt ja sanon suoraan",
        "Asiallinen palvelu. Ystävällinen asiakaspalvelija.",
        "HUONO PALVELU EI IKINÄ ENÄÄ",
        "Pian tuli vastaus, ja satu sai lopun",
        "Hyvää Joulua ja Juhannusta",
        "meillä on lahti ja mäki",
        "Minulla on rivitalo ja aurinko. Kaikki oli selvää.",
        "KATELLAHAN NY. Jos ei hinta tipu niin mä tipun",
        "ennen muistettiin nimeltä Toivottavasti tähän tulee muutos",
        "Ilmoittautuminen kysyi ruokavalion, Lopettaminen kävi parissa minuutissa.",
    ],
    "sv": [
        "Ingen svarar. Inga klagomål.",
        "Bra service i Vasa och Helsingfors",
        "jag vill visa er",
        "Han tog inte betalt. Avin kom ändå.",
        "Kortet skickades till Åbo, jag bor i Karis",
        "lagom sällan Ha det bra! Enda som skavde var papper och penna",
    ],
    "en": [
        "Will you mark my words in May?",
        "The price went up, back to black",
        "Good service in London",
        "He left. Makes you wonder.",
    ],
}


def _told(marked: str) -> tuple[str, list[str]]:
    parts = marked.replace("]", "[").split("[")
    return "".join(parts), parts[1::2]


@pytest.mark.parametrize(
    ("language", "marked"),
    [("fi", text) for text in FINNISH] + [("sv", text) for text in SWEDISH] + [("en", text) for text in ENGLISH],
)
def test_names_are_found(language: str, marked: str) -> None:
    text, expected = _told(marked)
    assert [text[start:end] for start, end in find_names(text, language, with_voikko=False)] == expected


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in NO_NAMES.items() for text in texts])
def test_what_is_no_name(language: str, text: str) -> None:
    assert [text[one.start : one.end] for one in find(text, language) if one.type == "name"] == []


@pytest.mark.parametrize(
    ("name", "surname", "inflected"),
    [
        ("virtanen", True, "virtasen virtaselle virtasta virtaseen virtaset virtasten"),
        ("mäki", True, "mäen mäelle mäkeä mäkeen mäeltä"),
        ("lahti", True, "lahden lahdelle lahtea lahteen"),
        ("niemi", True, "niemen niemelle niemeä"),
        ("aalto", True, "aallon aallolle aaltoa aaltoon"),
        ("saari", True, "saaren saarelle saarta"),
        ("kurki", True, "kurjen kurjelle kurkea"),
        ("rinne", True, "rinteen rinteelle rinnettä"),
        ("laine", True, "laineen laineelle lainetta"),
        ("kangas", True, "kankaan kankaalle kangasta"),
        ("haapaniemi", True, "haapaniemen haapaniemestä haapaniemelle"),
        ("mäenpää", True, "mäenpään mäenpäälle mäenpäätä mäenpäähän"),
        ("pekka", False, "pekan pekalle pekkaa pekkaan"),
        ("antti", False, "antin antille anttia"),
        ("mika", False, "mikan mikalle mikaa"),
        ("markus", False, "markuksen markukselle markusta"),
        ("tuomas", False, "tuomaksen tuomaan tuomasta"),
        ("ville", False, "villen villelle villeä"),
        ("erik", False, "erikin erikille erikiä"),
        ("väinö", False, "väinön väinölle väinöä"),
    ],
)
def test_names_are_inflected(name: str, surname: bool, inflected: str) -> None:
    assert set(inflected.split()) <= forms(name, surname=surname)


def test_voikko_adds_names_no_list_has() -> None:
    """Where libvoikko and a Finnish dictionary are installed; where they are not, nothing is known and nothing breaks."""
    if voikko.installed() is None:
        assert voikko.kinds("virtaselle") == 0
        return
    text = "Soitin eilen Kaapaneelle ja Porvalille"
    with_it = [text[start:end] for start, end in find_names(text, "fi")]
    assert set(with_it) >= {text[start:end] for start, end in find_names(text, "fi", with_voikko=False)}
    assert voikko.kinds("virtaselle") != 0
    assert voikko.kinds("kissa") != 0
