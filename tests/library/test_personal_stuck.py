"""Personal data that is written badly: stuck to a word or a mark, spaced by something that is no plain space, in other digits; and
street names of more than one word. Spans are in the text's own characters."""

from __future__ import annotations

import pytest

from kapula.text.personal import find, mask

SPACES = [
    "\t",
    "\n",
    "\u00a0",
    "\u2007",
    "\u2009",
    "\u200a",
    "\u202f",
    "\u205f",
    "\u3000",
    "&nbsp;",
    "&#160;",
    "&#xA0;",
    "&thinsp;",
    " \u2009 ",
]
STUCK = [
    "soita:[0401234567]",
    "puh.[0401234567].",
    "puh:[040 123 4567]",
    "gsm:[+358401234567]",
    "p.[040-1234567]",
    "tilaa /[0401234567]/",
    "_[0401234567]_",
    "-[0401234567]",
    "puh-[0401234567]",
    "puh[0401234567]",
    "Soita[0401234567]heti",
    "soita:[45 123 4567]",
    "[0401234567],[0501234567]",
    "[0401234567]/[0501234567]",
    "[0401234567] [0501234567] [0401112223]",
    "[040 123 4567], [050 123 4567] ja [045 1234 567]",
    "[+358 9 123 456] [040 123 4567]",
    "palvelu 0200 555 [0401234567]",
    "kävin 05.12.2023 [0401234567]",
    "klo 9-16,[0401234567]",
    "[040·555·0199] ja [040_555_0199] ja [040−555−0199]",
    "[０４０５５５０１９９] leveänä, [٠٤٠ ٥٥٥ ٠١٩٩] ja [0️⃣4️⃣0️⃣ 555 0199]",
]
NO_PHONES = [
    "keskiarvo 3,04123456 ja 0.0401234567 ja 0,04012345678",
    "koodi A0401234567 ei kelpaa",
    "malli ABC-0401234567 ei ole",
    "Mallinumero 0445-182-077 sopi",
    "klo 12:0401 tai 1.0401",
    "&nbsp;&nbsp;5 &#160;10",
    "pisteet 0\n10 20 30\n40",
]
CODES = [
    ("hetu", "hetu[131052-308T]"),
    ("hetu", "Hetu:[131052-308T]kiitos"),
    ("hetu", "hetu[131052308T]"),
    ("hetu", "\u202fhetuni\t[131052\u2212308T]"),
    ("iban", "Tilille [FI 21 1234 5600 0007 85] kiitos."),
    ("iban", "Tilille [FI\u202f21\u00a01234\t5600 0007 85]"),
    ("iban", "IBAN[FI2112345600000785]"),
    ("iban", "[FI21 1234 5600 0007 85] [FI21 1234 5600 0007 85]"),
    ("email", "[liisa.virtanen＠firma.fi]"),
    ("plate", "Mopo [12-ABC] varastettiin"),
    ("name", "Terveisin\u2029[Liisa\u202fVirtanen]"),
]
STREETS = [
    "[Viides linja 4 A 5], koputtakaa",
    "Asun [Kolmas linja 12]",
    "[Viidennellä linjalla 4] haisee",
    "osoite on [3. linja 12 A 4]",
    "Muutin: [Norra Esplanaden 4]",
    "[Norra Esplanaden 4 A 12, 00100 Helsingfors]",
    "[Vanha Porvoontie 231 C, 01380 Vantaa]",
    "[Iso Roobertinkatu 20] ja [Pieni Robertinkatu 1 A]",
    "Muutimme [Itäiseltä Pitkäkadulta 14] Turkuun",
    "Toimitus [Keskustie 9 as 3] Seinäjoki",
    "Toimitus [Aleksis Kiven katu 5]",
    "Paketti meni [Juhana Herttuan puistokatu 5]:een",
    "[Bulevardi 12 A 3]",
    "[Turun Aurakatu 5]",
    "Asun [Rantatie 4]:ssä",
    "[Aino Acktén tie 5]",
]
NO_STREETS = [
    "toinen linja 3 ei toimi",
    "Kuljen bussilla 17 töihin",
    "Kävin ostoksilla 1 h",
    "valtatie 4 ja kehätie 3",
    "hylly 12-ABC",
    "maksoin se 21 1234 5600 0007 85 99 kertaa",
]
NAMES = [
    ("fi", "kiitos [liisalle] ja [karille] nopeasta toiminnasta"),
    ("fi", "[liisalta] ja [karilta] sain apua"),
    ("fi", "[liisalle] ja asialle kiitos"),
    ("en", "thanks to [jessica] and [paul]"),
    ("en", "thanks to [jessica] and [paul] for the help"),
    ("en", "thanks to [jessica] and will return"),
    ("sv", "tack till [anna] och [björn]"),
    ("en", "Grace period was too short, and Will not return in May."),
    ("en", "Mark my words, the Bill was wrong."),
    ("en", "It was [Will] who helped me and so did [Bill]."),
    ("sv", "Hoppet är ute, Stig av bussen!"),
    ("sv", "I går hjälpte [Stig] mig"),
    ("fi", "Volvo XC-60 huollettiin Helkamalla."),
]  # fmt: skip


def told(marked: str) -> tuple[str, list[str]]:
    parts = marked.replace("]", "[").split("[")
    return "".join(parts), parts[1::2]


def spans(text: str, language: str = "fi", kind: str = "") -> list[str]:
    return [text[one.start : one.end] for one in find(text, language) if kind in {"", one.type}]


@pytest.mark.parametrize("space", SPACES)
def test_a_number_is_read_over_any_space(space: str):
    number = f"040{space}555{space}0199"
    assert spans(f"Soittakaa {number} heti", kind="phone") == [number]
    assert mask(f"Nro {number}.", find(f"Nro {number}.")) == "Nro ‹phone›."


@pytest.mark.parametrize("marked", STUCK)
def test_a_number_that_is_stuck_to_something(marked: str):
    text, expected = told(marked)
    assert spans(text, kind="phone") == expected


@pytest.mark.parametrize("text", [*NO_PHONES, *NO_STREETS])
def test_what_only_looks_like_it(text: str):
    assert spans(text) == []


@pytest.mark.parametrize(("kind", "marked"), CODES)
def test_codes_that_are_stuck_or_spaced_oddly(kind: str, marked: str):
    text, expected = told(marked)
    assert spans(text, kind=kind) == expected


@pytest.mark.parametrize("marked", STREETS)
def test_the_whole_name_of_a_street(marked: str):
    text, expected = told(marked)
    assert spans(text, kind="address") == expected


@pytest.mark.parametrize(("language", "marked"), NAMES)
def test_names_that_are_words_after_another_name_and_words_that_are_names(language: str, marked: str):
    text, expected = told(marked)
    assert spans(text, language, "name") == expected


@pytest.mark.parametrize(
    "unit",
    ["0401234567,", "040 ", "+358 ", "0\n", "&nbsp;", "&#0", "0\ufe0f\u20e3", "FI 21 ", "tilifi21", "131052-308T", "Vanha Aatie 1 ",
     "Aan ", "Toinen linja 1 ", "1. linja ", "liisalle ja karille ", "the Bill ", "mopo 12-AB ", "puh", "A0", "_0", "１"],
)  # fmt: skip
def test_a_long_text_of_one_kind_is_read(unit: str):
    """50,000 characters on which a finder that looks back or ahead without a limit would not come to an end."""
    text = unit * (50_000 // len(unit))
    for language in ("fi", "en"):
        assert all(0 <= one.start < one.end <= len(text) for one in find(text, language))
