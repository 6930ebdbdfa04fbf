"""Street addresses: "Koivukuja 4 B 12", "Mannerheimintien 5:ssä", "Rantatie 21, 99800 Ivalo", "Viides linja 4", "Storgatan 12",
"12 High Street", and a postcode with its town. A case ending after a colon is not of the span, so that it stays readable after the mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span, said_before
from kapula.text.personal.names import lists
from kapula.text.personal.names.kinds import NAME, PLACE

_CASES: Final = r"(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|lla|on|aan|ään|een|le|l|lt)?"
_STREETS: Final = (
    r"(?:katu|kadu|kaatu|tie|tiet|kuja|polku|polu|raitti|raiti|kaari|kaare|aukio|tori|rinne|rintee|penger|penkeree|väylä|bulevardi|puistikko|puistiko|portti|porti|"
    r"esplanadi|kulma|laita|laida|silta|silla|ahde|ahtee|niitty|niity|piha|rivi|linja|puisto|ranta|ranna|mäki|mäe|harju|lahti|lahde|niemi|nieme|"
    r"palsta|taival|taipalee|kangas|kankaa|kallio|kylä|pelto|pello|kumpu|kummu|haka|haa|suora|varsi|varre|reitti|reiti|valkama|vainio|"
    r"gata|gatan|vägen|väg|gränd|gränden|stigen|stig|torget|allén|esplanaden|stranden|backen|kajen|plan|platsen|svängen|bågen|kroken|brinken|ringen|parken)"
)
_ALONE: Final = rf"(?:(?:[Bb]ulevardi|[Ee]splanadi){_CASES}|[Ee]splanaden|[Bb]ulevarden)"
_UPPER: Final = "A-ZÅÄÖÉ"
_LOWER: Final = "a-zåäöé"
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
    rf"(?<![\w-])(?:[{_UPPER}][{_LOWER}]{{1,20}}-)?"
    rf"(?P<name>[A-Za-zÅÄÖåäöÉé]{{2,30}}?{_STREETS}{_CASES}|{_ALONE}) (?P<no>{_NUMBER}){_FLAT}{_AFTER}"
)
_SPLIT: Final = re.compile(
    rf"(?<![\w-])(?P<name>(?:[{_UPPER}][{_LOWER}]{{1,20}}[ -]){{1,3}}"
    rf"(?:katu|kadun|kadulla|tie|tien|tiellä|kuja|kujan|polku|gata|väg|gränd)) {_NUMBER}{_FLAT}{_AFTER}"
)
_LINE: Final = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:[Ee]nsimmäi|[Tt]oi)(?:nen|sen|sell[aä]|selle|selt[aä])|"
    rf"(?:[Kk]olma|[Nn]eljä|[Vv]iide)(?:s|nnen|nnell[aä]|nnelle|nnelt[aä])|[1-5]\.) linja(?:n|lla|lle|lta)?"
    rf"|(?:[Ff]örsta|[Aa]ndra|[Tt]redje|[Ff]järde|[Ff]emte) linjen) {_NUMBER}{_FLAT}{_AFTER}"
)
_BEFORE: Final = re.compile(rf"(?<![\w-])[{_UPPER}](?:[{_LOWER}]|:t){{1,20}} \Z")
_STOPS: Final = frozenset(".!?\n\r:;•>*|")
_KIND_OF: Final = re.compile(
    r"(?:pohjoi|eteläi?|itäi|länti|keski|yli|ali|ulkoi|sisäi)(?:nen|sen|sell[aä]|selle|selt[aä]|sess[aä]|sest[aä]|st[aä]|seen)|"
    r"(?:vanha|iso|vähä|pitkä|korkea|matala|leveä|kapea|uu(?:si|de)|pien[ie]|suur[ie])(?:n|ll[aä]|lle|lt[aä]|ss[aä]|st[aä]|an|on|een)?|"
    r"norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre|yttre|inre|sankt|s:t|s:ta"
)
"""Vanha Porvoontie, Itäiseltä Pitkäkadulta, Norra Esplanaden: of the street's own name."""
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
        start = _begins(text, found.start(), found["name"], language)
        if _is_street(text, start, found):
            yield start, _end(found)
    for found in _SPLIT.finditer(text):
        yield _without_head(text, found), _end(found)
    for found in _LINE.finditer(text):
        if _is_street(text, found.start(), found):
            yield found.start(), _end(found)
    for found in _ENGLISH.finditer(text):
        yield found.span()
    for found in _POSTCODE.finditer(text):
        if not found["town"].isupper() or text.isupper():
            yield found.span()


def _end(found: re.Match[str]) -> int:
    """What follows a comma without a postcode is of the address only if it is a town."""
    town = found["town"]
    return found.end() if town is None or lists.kinds(town.lower()) & PLACE else found.start("town") - 2


def _begins(text: str, start: int, name: str, language: str) -> int:
    """Where the street's name begins: the words before it that are of it, three at most."""
    for _ in range(3):
        before = _BEFORE.search(text, max(0, start - 24), start)
        if before is None or not _is_of_name(text, before, name, language):
            break
        start = before.start()
    return start


def _is_of_name(text: str, before: re.Match[str], name: str, language: str) -> bool:
    """An adjective of place or size; somebody's or some place's name; and where the sentence does not begin, any genitive, or any capital
    before a street that has none (Juhana Herttuan puistokatu)."""
    word = before.group().rstrip().lower()
    if _KIND_OF.fullmatch(word):
        return True
    genitive = word.endswith(("n", "s"))
    if lists.kinds(word) & (NAME | PLACE) and (genitive or name[0].islower()):
        return True
    if _is_head(text, before.start()):
        return False
    return name[0].islower() or word.endswith("n") or (genitive and language == "sv")


def _is_head(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" ")
    return not before or before[-1] in _STOPS


def _without_head(text: str, found: re.Match[str]) -> int:
    """A word with which the sentence begins is of no street, unless it is a name: "Toimitus Aleksis Kiven katu 5"."""
    first, _, rest = found["name"].partition(" ")
    known = lists.kinds(first.lower()) & (NAME | PLACE) or _KIND_OF.fullmatch(first.lower())
    return found.start() + (0 if known or rest.count(" ") == 0 or not _is_head(text, found.start()) else len(first) + 1)


def _is_street(text: str, start: int, found: re.Match[str]) -> bool:
    """Street names have a capital; in small letters they need a flat or words that say an address comes. Highways have no people."""
    name = found["name"]
    if _ROADS.fullmatch(name.lower()):
        return False
    if text[start].isupper():
        return True
    flat = re.search(r" [a-zA-Z] ?[0-9]|, ?[0-9]{5}", found.group()[len(name) :]) is not None
    return flat or said_before(text, start, _LOWER_TOO, 40)


FINDER: Final = Finder("address", "digit", find)
