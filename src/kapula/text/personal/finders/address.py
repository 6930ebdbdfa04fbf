"""Street addresses: "Koivukuja 4 B 12", "Mannerheimintien 5:ssä", "Rantatie 21, 99800 Ivalo", "Storgatan 12", "12 High Street", and
a postcode with its town. A case ending after a colon is not of the span, so that it stays readable after the mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span, said_before
from kapula.text.personal.names import lists
from kapula.text.personal.names.kinds import PLACE

_CASES: Final = r"(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|lla|on|aan|ään|een|le|l|lt)?"
_STREETS: Final = (
    r"(?:katu|kadu|kaatu|tie|tiet|kuja|polku|polu|raitti|raiti|kaari|kaare|aukio|tori|rinne|rintee|penger|penkeree|väylä|bulevardi|puistikko|puistiko|portti|porti|"
    r"esplanadi|kulma|laita|laida|silta|silla|ahde|ahtee|niitty|niity|piha|rivi|linja|puisto|ranta|ranna|mäki|mäe|harju|lahti|lahde|niemi|nieme|"
    r"palsta|taival|taipalee|kangas|kankaa|kallio|kylä|pelto|pello|kumpu|kummu|haka|haa|suora|varsi|varre|reitti|reiti|valkama|vainio|"
    r"gata|gatan|vägen|väg|gränd|gränden|stigen|stig|torget|allén|esplanaden|stranden|backen|kajen|plan|platsen|svängen|bågen|kroken|brinken|ringen|parken)"
)
_UPPER: Final = "A-ZÅÄÖÉ"
_NUMBER: Final = r"[0-9]{1,4}(?: ?[-–] ?[0-9]{1,4})?(?![0-9.,]*[0-9]|[ ]?(?:€|%|kpl|min|tunti|päiv|viikko|kertaa|km\b|vuo[td]|år\b|dagar))"
_FLAT: Final = (
    r"(?:(?: ?[A-Za-hj-np-z](?![A-Za-zÅÄÖåäö]))?(?: [A-Z](?![\wåäö]))?"
    r"(?:,? ?(?:as|asunto|bst|lgh|apt|flat|huone|h)\.? ?[0-9]{1,4}(?![0-9])|"
    r"(?<=[A-Za-z]) ?[0-9]{1,3}(?![0-9.,:]*[0-9]|[ ]?(?:€|%|kpl|min|tunti|päiv|viik|kert)))?"
    r"(?:(?<=[0-9]) ?[a-dA-D](?![A-Za-zÅÄÖåäö0-9]))?)"
)
_TOWN: Final = rf"[{_UPPER}][A-Za-zÅÄÖåäö-]{{1,25}}"
_AFTER: Final = rf"(?:,? ?(?:FI-|SE-)?[0-9]{{5}},? ?{_TOWN}|, (?P<town>{_TOWN})(?=[\s,.;!?)]|\Z))?"
_LOWER_TOO: Final = re.compile(r"osoi|adress|asun|asutaan|asumme|asuu|\bbor\b|address|live at|kotiin|kotiovelle")
_STREET: Final = re.compile(
    rf"(?<![\w-])(?:[{_UPPER}][a-zåäöé]{{1,20}}(?:-|n |s )){{0,2}}"
    rf"(?P<name>[A-Za-zÅÄÖåäöÉé]{{2,30}}?{_STREETS}{_CASES}) (?P<no>{_NUMBER}){_FLAT}{_AFTER}"
)
_SPLIT: Final = re.compile(
    rf"(?<![\w-])(?:[{_UPPER}][a-zåäö]{{1,20}}[ -]){{1,3}}"
    rf"(?:katu|kadun|kadulla|tie|tien|tiellä|kuja|kujan|polku|gata|väg|gränd) {_NUMBER}{_FLAT}{_AFTER}"
)
_ENGLISH: Final = re.compile(
    rf"(?<![\w-])(?:(?:[Ff]lat|[Aa]pt|[Aa]partment|[Uu]nit) [0-9A-Za-z]{{1,4}},? (?:[0-9]{{1,5}}[A-Za-z]? )?|[0-9]{{1,5}}[A-Za-z]? )"
    rf"(?:[{_UPPER}][A-Za-z']{{1,20}} ){{1,3}}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Close|Crescent|Square|Sq|Terrace|Place|Pl|Way|Boulevard|Blvd|Gardens|Grove|Hill|Row|Mews|Park)\b\.?"
    rf"(?:,? (?:{_TOWN}|[A-Z]{{1,2}}[0-9][0-9A-Z]? ?[0-9][A-Z]{{2}}|[A-Z]{{2}} [0-9]{{5}})(?![\w]))?"
    r"(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})?"
)
_POSTCODE: Final = re.compile(
    rf"(?<![\w.,/+-])(?:(?:[{_UPPER}][a-zåäö]{{2,25}} [0-9]{{1,4}}(?: ?[A-Za-z])?(?: [0-9]{{1,3}})?|(?:PL|PB) [0-9]{{1,5}}), )?"
    rf"(?:FI-|SE-)?[0-9]{{5}},? (?P<town>{_TOWN})(?![\w])"
)
_ROADS: Final = re.compile(
    r"(?:valta|kanta|seutu|moottori|yhdys|kehä|rauta|pää|käytävä|kassa|laskutus|tilaus|vuosi|asiakas)(?:tie|tien|tiellä|tietä|linja|linjan|portti)"
)


def find(text: str, language: str) -> Iterator[Span]:
    for found in _STREET.finditer(text):
        if _is_street(found, text):
            yield _to_town(found)
    for found in _SPLIT.finditer(text):
        yield _to_town(found)
    for found in _ENGLISH.finditer(text):
        yield found.span()
    for found in _POSTCODE.finditer(text):
        if not found["town"].isupper() or text.isupper():
            yield found.span()


def _to_town(found: re.Match[str]) -> Span:
    """What follows a comma without a postcode is of the address only if it is a town."""
    town = found["town"]
    if town is None or lists.kinds(town.lower()) & PLACE:
        return found.span()
    return found.start(), found.start("town") - 2


def _is_street(found: re.Match[str], text: str) -> bool:
    """Street names have a capital; in small letters they need a flat or words that say an address comes. Highways have no people."""
    name = found["name"]
    if _ROADS.fullmatch(name.lower()):
        return False
    if found.group()[0].isupper():
        return True
    flat = re.search(r" [a-zA-Z] ?[0-9]|, ?[0-9]{5}", found.group()[len(name) :]) is not None
    return flat or said_before(text, found.start(), _LOWER_TOO, 40)


FINDER: Final = Finder("address", "digit", find)
