"""Numbers by which a firm knows a person's matter: orders, customers, invoices, bookings, contracts, tickets, shipments.

They have no common form, so the words before them tell: "tilaus 40188", "varauksemme QX4T9L", "vikailmoitukset 55102, 55340 ja 55788".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span, said_before

_NUMBER: Final = re.compile(
    r"(?<![\w#.,/@-])#?(?P<number>[0-9A-Za-z]{1,24}(?:[-/_][0-9A-Za-z]{1,12}){0,4})(?![\w/@]|[.,:][0-9])"
)
_MATTER: Final = (
    r"tilau[sk]|asiakas-?(?:nu|tunn|nro)|jäsen-?(?:nu|tunn|nro)|lasku|viite|varau[sk]|sopimus|sopimuk|vakuutus-?(?:nu|tunn)|vahinko|vahingo|resepti|"
    r"tiketti|tiketin|tapaus-?(?:nu|tunn)|tapauks|lähetys|lähetyks|seuranta|paketti|paketin|pakettinu|vikailmoitu|hakemu[sk]|kuitti|kuitin|toimitus-?(?:nu|tunn)|"
    r"käyttöpaik|liittymä-?nu|ilmoitus-?nu|palvelupyyn|työmääräi|huoltopyyn|korttinu|kortin nu|kantis|reklamaatio|dnro|diaari|valitusnu|"
    r"order|beställning|kundnu|kundnr|kund-?id|medlemsnu|medlemsnr|faktura|referens|bokning|avtal|försäkringsnu|skadenu|ärende|försändelse|paket|kvitto|"
    r"customer|client|member|invoice|reference|\bref\b|booking|reservation|confirmation|contract|policy|claim|ticket|\bcase\b|tracking|"
    r"shipment|parcel|receipt|\bpo\b|purchase|account n"
)
_NUMBERED: Final = (
    r"n(?:ume)?roa?|numero[a-zåäö]*|nro|nr|no|number|nummer[a-z]*|num|id|tunnus|tunnuksella|koodi|code|kod"
)
_SAYS: Final = re.compile(
    rf"(?:{_MATTER})[\w-]{{0,22}}(?:[\s:.,;=()#\"”]+(?:{_NUMBERED}|on|oli|is|was|är|var|nyt|siis|minun|with|med|under|numerolla|nimellä))*[\s:.,;=()#\"”]*\Z"
)
_NEAR: Final = re.compile(
    r"(?:tilaus|asiakas|sopimus|lasku|varaus|viite|jäsen|seuranta|paketti|tapaus|vahinko|vakuutus|kund|order|beställnings|faktura|boknings|avtals|ärende)-?n(?:ume)?r|"
    r"(?:order|customer|invoice|booking|contract|reference|tracking|member) ?n(?:o|umber)"
)
_JOINED: Final = re.compile(
    r"[\s,;]*(?:,|ja|och|and|sekä|&|/|\b(?:vanha|uusi|toinen|gamla|nya|old|new)\b)(?:\s+(?:oli|on|var|är|was|is))?\s*\Z"
)
_YEAR: Final = re.compile(r"(?:19[5-9]|20[0-4])[0-9]\Z")
_UNIT: Final = re.compile(
    r"\s?(?:€|%|eur|euro|kpl|kr\b|km|kg|kertaa|päivä|pv|viikko|vk|kk|min|tunti|h\b|days|weeks|pcs|st\b|dagar|veckor|senttiä|asiak|kund|customers|tilaus|order)",
    re.IGNORECASE,
)
_BY_NUMBER: Final = re.compile(
    r"(?<!malli)(?<!tuote)(?<!osa)(?<!puhelin)(?<!puh )(?:\bn:o|nro|numero\w{0,3}|\bnr|number|nummer)\.?[\s:]*\Z"
)
_FAR: Final = 90


def find(text: str, language: str) -> Iterator[Span]:
    last = -1  # where the last number found ended, for lists of them
    for found in _NUMBER.finditer(text):
        number = found["number"]
        if not _like_one(number):
            continue
        start, end = found.span("number")
        if _UNIT.match(text, end):
            continue
        listed = last >= 0 and start - last < 16 and _JOINED.match(text[last:start]) is not None
        long = sum(character.isdigit() for character in number) >= 5
        mixed = not number.isdigit() and long and said_before(text, start, _BY_NUMBER, 24)
        if mixed or listed or said_before(text, start, _SAYS) or (long and said_before(text, start, _NEAR, _FAR)):
            yield start, end
            last = end


def _like_one(number: str) -> bool:
    """Four digits at least that are no year, or letters and digits mixed, as in a booking's code."""
    digits = sum(character.isdigit() for character in number)
    if number.isdigit():
        return digits >= 4 and not (digits == 4 and _YEAR.match(number))
    if digits == 0 or len(number) < 5:
        return False
    return (
        digits >= 4
        or (number.upper() == number and digits >= 2 and len(number) <= 12)
        or (number.isupper() and len(number) == 6)
    )


FINDER: Final = Finder("order_no", "digit", find)
