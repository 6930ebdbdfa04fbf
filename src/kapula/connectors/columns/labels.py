"""Answers given in words: "10 - Erittäin todennäköisesti", "Täysin samaa mieltä", "Erittäin tyytyväinen"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

LIKERT: Final[tuple[tuple[str, ...], ...]] = (
    ("täysin eri mieltä", "jokseenkin eri mieltä", "ei samaa eikä eri mieltä", "jokseenkin samaa mieltä", "täysin samaa mieltä"),
    ("täysin eri mieltä", "osittain eri mieltä", "en samaa enkä eri mieltä", "osittain samaa mieltä", "täysin samaa mieltä"),
    ("täysin eri mieltä", "melko eri mieltä", "en samaa enkä eri mieltä", "melko samaa mieltä", "täysin samaa mieltä"),
    ("erittäin tyytymätön", "melko tyytymätön", "en tyytyväinen enkä tyytymätön", "melko tyytyväinen", "erittäin tyytyväinen"),
    ("erittäin tyytymätön", "tyytymätön", "ei tyytyväinen eikä tyytymätön", "tyytyväinen", "erittäin tyytyväinen"),
    ("erittäin huono", "huono", "kohtalainen", "hyvä", "erittäin hyvä"),
    ("erittäin huonosti", "huonosti", "kohtalaisesti", "hyvin", "erittäin hyvin"),
    ("erittäin vaikeaa", "vaikeaa", "ei helppoa eikä vaikeaa", "helppoa", "erittäin helppoa"),
    ("helt av annan åsikt", "delvis av annan åsikt", "varken av samma eller annan åsikt", "delvis av samma åsikt", "helt av samma åsikt"),
    ("mycket missnöjd", "ganska missnöjd", "varken nöjd eller missnöjd", "ganska nöjd", "mycket nöjd"),
    ("mycket dålig", "dålig", "varken bra eller dålig", "bra", "mycket bra"),
    ("strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"),
    ("strongly disagree", "somewhat disagree", "neither agree nor disagree", "somewhat agree", "strongly agree"),
    ("very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"),
    ("very dissatisfied", "somewhat dissatisfied", "neither satisfied nor dissatisfied", "somewhat satisfied", "very satisfied"),
    ("very poor", "poor", "neither good nor poor", "good", "very good"),
    ("very unhappy", "unhappy", "happy", "very happy"),
    ("erittäin tyytymätön", "tyytymätön", "tyytyväinen", "erittäin tyytyväinen"),
    ("mycket missnöjd", "missnöjd", "nöjd", "mycket nöjd"),
    ("very negative", "negative", "positive", "very positive"),
    ("erittäin negatiivinen", "negatiivinen", "positiivinen", "erittäin positiivinen"),
)  # fmt: skip
"""Ordered answer texts, the worst first. The code of an answer is its place, from 1."""

DONT_KNOW: Final = re.compile(
    r"en osaa sanoa|^eos$|en tiedä|ei kokemusta|ei koske|vet (ej|inte)|kan inte säga|ingen erfarenhet|"
    r"don.?t know|not applicable|no opinion|^n/?a$"
)
_CODED = re.compile(r"^(-?\d+)\s*[-–—=:.)(]?\s+(\D.*)$")


@dataclass(frozen=True, slots=True)
class LabelledScale:
    """``labels``: code → the text as in the file. ``missing``: codes or texts of "don't know" kind. ``low``/``high``: the scale."""

    labels: dict[str, str]
    missing: tuple[str, ...]
    low: int
    high: int


def labelled(values: Iterable[str]) -> LabelledScale | None:
    """The scale that the distinct texts of a column speak of; None when they are no such answers."""
    texts = sorted({value.strip() for value in values if value.strip()})
    return _coded(texts) or _worded(texts)


def _coded(texts: list[str]) -> LabelledScale | None:
    """Numbers with words. Middle points are often bare ("5"), so bare numbers are welcome when the ends have words."""
    found: dict[str, str] = {}
    bare, dont_know = set(), []
    for text in texts:
        if match := _CODED.match(text):
            found[match[1]] = text
        elif re.fullmatch(r"-?\d+", text):
            bare.add(text)
        elif DONT_KNOW.search(text.casefold()):
            dont_know.append(text)
        else:
            return None
    if len(found) < 2 or len(found) + len(bare) > 12:
        return None
    missing = [code for code, text in found.items() if DONT_KNOW.search(text.casefold())]
    codes = [int(code) for code in {*found, *bare} - set(missing)]
    if not codes or max(codes) > 100:
        return None
    return LabelledScale(found, (*missing, *dont_know), *_bounds(codes))


def _worded(texts: list[str]) -> LabelledScale | None:
    said = {text.casefold(): text for text in texts}
    dont_know = tuple(text for key, text in said.items() if DONT_KNOW.search(key))
    answers = {key: text for key, text in said.items() if text not in dont_know}
    if not answers or (len(answers) == 1 and " " not in next(iter(answers))):
        return None
    for scale in LIKERT:
        if answers.keys() <= set(scale):
            labels = {str(i): answers.get(word, word) for i, word in enumerate(scale, 1)}
            return LabelledScale(labels, dont_know, 1, len(scale))
    return None


def _bounds(codes: list[int]) -> tuple[int, int]:
    low, high = min(codes), max(codes)
    for scale in ((1, 4), (1, 5), (1, 7), (0, 10)):
        if scale[0] <= low and high <= scale[1] and high > scale[1] - 2:
            return scale
    return low, high


def scale_of_labels(labels: Mapping[str, str], missing: Iterable[str]) -> tuple[int, int] | None:
    """The scale of declared value labels (SPSS): their whole codes without the missing ones; None when they are no answer scale."""
    gone = set(missing)
    kept = {
        code: label for code, label in labels.items() if code not in gone and not DONT_KNOW.search(label.casefold())
    }
    if not all(re.fullmatch(r"-?\d+", code) for code in kept):
        return None
    codes = sorted(int(code) for code in kept)
    if len(codes) < 2 or codes[0] not in (0, 1) or codes[-1] not in (4, 5, 6, 7, 10):
        return None
    return codes[0], codes[-1]
