"""Licence plates: ABC-123, and rarer forms where the words speak of a vehicle. "EU-2016", "COVID-19" and model numbers are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Finder, Span, said_before

_USUAL: Final = re.compile(
    r"(?<![0-9A-Za-zÅÄÖåäö-])(?P<letters>[A-ZÅÄÖ]{3})[-\u2010-\u2015](?P<digits>[0-9]{3})(?![0-9A-Za-zÅÄÖåäö-])"
)
_RARER: Final = re.compile(
    r"(?<![0-9A-Za-zÅÄÖåäö-])(?:(?P<letters>[A-Za-zÅÄÖåäö]{2,3})[- \u2010-\u2015]?(?P<digits>[0-9]{1,3}[A-Z]?)"
    r"|[0-9]{1,3}-[A-ZÅÄÖ]{2,3})(?![0-9A-Za-zÅÄÖåäö-])"
)
_BRITISH: Final = re.compile(r"(?<![0-9A-Za-z-])[A-Z]{2}[0-9]{2} ?[A-Z]{3}(?![0-9A-Za-z-])")
_VEHICLE: Final = re.compile(
    r"rekis|rekkar|\brek\b|rek\.|rek(?:isteri)?n(?:ro|umero)|kilpi|kilve|tunnus|auto|pysäköin|parkki|parkee|ajoneuvo|mopo|moottoripyörä|skootteri|mönkijä|peräkärry|"
    r"\bbil|regist|\breg\b|reg\.|skylt|parker|\bcar\b|plate|licen[cs]e|vehicle|\bvan\b|moped|motorcykel|motorbike"
)
_PRODUCT: Final = re.compile(
    r"mall[ie]|tuote|tuotte|versio|koodi|sarja|laturi|kampanja|laite|osa(?:n|numero)|standard|modell?|produkt|product|version|code|serie|part"
)
_NOT_PLATES: Final = frozenset(
    [
    "COV", "EUR", "ISO", "SFS", "RAL", "USB", "BMW", "LED", "SUV", "ALV", "PDF", "KLO", "NRO", "VAT", "IEC", "DIN",
    "CEE", "LTE", "DVB", "GPS", "ABS", "ESP", "RTX", "GTX", "IBM", "CPU", "RAM", "SSD", "HDD", "DDR", "LCD", "MAC",
    "WLAN", "UHD", "FHD", "CAT", "HTC", "CBR", "GSX", "YZF", "KTM", "SMS", "PIN", "PUK", "MMS", "OVT", "ICC", "BIC",
    "NPS", "CES", "FAQ", "TOP", "MAX", "PRO",
]
)  # fmt: skip
_NOT_LETTERS: Final = frozenset(
    [
    "as", "no", "nr", "kl", "on", "ja", "se", "ne", "pv", "vk", "kk", "km", "kg", "eu", "en", "to", "ma", "ti",
    "ke", "pe", "la", "su", "ei", "me", "te", "he", "jo", "on", "oli", "noin", "yli", "n.", "ca",
]
)  # fmt: skip


def find(text: str, language: str) -> Iterator[Span]:
    for found in _USUAL.finditer(text):
        if found["letters"] not in _NOT_PLATES and not said_before(text, found.start(), _PRODUCT, 16):
            yield found.span()
    for found in _BRITISH.finditer(text):
        if said_before(text, found.start(), _VEHICLE):
            yield found.span()
    for found in _RARER.finditer(text):
        letters = (found["letters"] or "").lower()
        if letters in _NOT_LETTERS or letters.upper() in _NOT_PLATES or _USUAL.fullmatch(found.group()):
            continue
        dashed = not found.group().isalnum() and " " not in found.group()
        if said_before(text, found.start(), _VEHICLE, 24 if dashed else 18) and _spelt(found, dashed):
            yield found.span()


def _spelt(found: re.Match[str], dashed: bool) -> bool:
    """Without its dash a plate has capital letters and two digits at least, or it would be any word before a number."""
    return dashed or (found.group().isupper() and sum(character.isdigit() for character in found.group()) >= 2)


FINDER: Final = Finder("plate", "digit", find)
