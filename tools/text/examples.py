"""What the network learns from: labelled comments, film lines and patients' comments, each with the labels it has."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from kapula.example.comments import load as example_comments
from kapula.text import corpus, labels

POLARITY = {
    "positive": {"2", "5", "8"},
    "negative": {"1", "3", "4", "6"},
}  # of XED's eight emotions; 7, surprise, is either


@dataclass
class Example:
    """``told``: field → its label; a field that is not there is not learned from. ``spans``: theme → where its evidence stands.
    ``meaning``: e5's own embedding of it, centred. ``row``: its place among what another network was asked.
    ``topics``: of a patient's comment. ``perhaps``: themes that one of two readers saw."""

    text: str
    told: dict[str, Any]
    themes: dict[str, str] | None = None
    spans: dict[str, list[tuple[int, int]]] | None = None
    weight: float = 1.0
    group: str = ""
    kinds: tuple[str, ...] = ()
    meaning: np.ndarray | None = None
    row: int = 0
    topics: tuple[str, ...] | None = None
    perhaps: tuple[str, ...] = ()


def comments() -> list[Example]:
    """Kapula's own corpus, every field."""
    return [
        Example(
            one.text,
            {
                "sentiment": one.sentiment,
                "intensity": one.intensity,
                "emotion": one.emotion,
                "resolved": one.resolved,
                "empathy": one.empathy,
                "language": one.language,
                "churn_risk": one.churn_risk,
                "urgent": one.urgent,
                "suggestion": one.suggestion,
                **{f"of_{name}": name in one.dimensions for name in labels.DIMENSIONS},
            },
            {theme.code: theme.sentiment for theme in one.themes},
            {theme.code: list(theme.spans) for theme in one.themes},
            group=one.batch,
            kinds=one.kinds,
            perhaps=one.perhaps,
        )
        for one in corpus.load()
    ]


def example_organisation() -> list[Example]:
    """The example organisation's comments: mood alone, whose middle says nothing. Their themes are what they were written for, an app's
    "ei hassumpi" and "turha" among them: not what the words show."""
    found = []
    for one in example_comments():
        told: dict[str, Any] = {"language": one.language}
        if one.mood:
            told["sentiment"] = "positive" if one.mood > 0 else "negative"
        found.append(Example(one.text, told, weight=0.5, group="example"))
    return found


def film_lines(path: Path) -> list[Example]:
    """XED's sentences that are clearly one or the other, or neutral."""
    found = []
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        kinds = set(row["labels"].split(",")) - {"7"}
        told = next((name for name, of in POLARITY.items() if kinds and kinds <= of), None)
        if told is not None:
            found.append(Example(row["text"], {"polarity": told, "language": row["lang"]}, weight=0.3, group="xed"))
    return found


def words(folder: Path) -> list[Example]:
    """AFINN's words that are clearly good or bad, Finnish, Swedish and English."""
    found = []
    for language, name in (("fi", "AFINN-fi-165.txt"), ("sv", "AFINN-sv-165.txt"), ("en", "AFINN-en-165.txt")):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            word, _, value = line.rpartition("\t")
            if word and abs(int(value)) >= 2:
                told = "positive" if int(value) > 0 else "negative"
                found.append(Example(word.strip(), {"polarity": told, "language": language}, weight=0.3, group="afinn"))
    return found


def phrases() -> list[Example]:
    """Kapula's own phrases that praise and blame."""
    rows = csv.DictReader(
        (files(corpus) / "phrases.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [
        Example(row["text"], {"sentiment": row["sentiment"], "language": row["language"]}, weight=0.8, group="phrases")
        for row in rows
    ]


def languages() -> list[Example]:
    """Kapula's own lines of many languages, of which only the language is told; a fifth is kept aside to measure with."""
    return [
        Example(one.text, {"language": one.language}, weight=15.0, group="languages")
        for one in corpus.languages()
        if not one.aside
    ]


def recombined(examples: list[Example], count: int, seed: random.Random, evenly: bool = False) -> list[Example]:
    """Comments of one to three sentences of others', all in one language, that nobody has labelled: what a small network can ask a large
    one about beside those it knows (Jiao and others 2020, "TinyBERT", arXiv 1909.10351; there words are put in others' place). As many
    in a language as there are sentences, or ``evenly``."""
    sentences: dict[str, list[str]] = {}
    for one in examples:
        if "sentiment" in one.told and one.told.get("language") in labels.LANGUAGES[:3] and one.group != "phrases":
            cut = [part.strip() for part in re.findall(r".+?(?:[.!?…]+(?=\s)|$)", one.text, re.DOTALL)]
            sentences.setdefault(one.told["language"], []).extend(part for part in cut if len(part) > 2)
    languages = list(sentences) if evenly else [one for one, some in sentences.items() for _ in some]
    made = []
    for language in (seed.choice(languages) for _ in range(count)):
        some = seed.sample(sentences[language], seed.choice((1, 2, 2, 2, 3)))
        made.append(Example(" ".join(some), {}, group="recombined"))
    return made


MARKS = (
    ('"', '"'), ("”", "”"), ("“", "”"), ("'", "'"), ("«", "»"), ("**", "**"), ("*", "*"), ("_", "_"), ("- ", ""), ("> ", ""), ("# ", ""),
    ("", "!"), ("", "!!!"), ("", "..."), ("", "…"), ("Palaute: ", ""), ("Kommentti: ", ""), ("1) ", ""),
)  # fmt: skip


def dressed(example: Example, seed: random.Random) -> Example:
    """The comment in quotation marks, with signs about it, or said twice: none of these changes what it says."""
    text, spans = example.text, example.spans or {}
    if len(text) < 250 and seed.random() < 0.25:
        moved = len(text) + 1
        twice = {code: [*some, *((start + moved, end + moved) for start, end in some)] for code, some in spans.items()}
        return replace(example, text=f"{text} {text}", spans=twice if example.spans is not None else None)
    before, after = seed.choice(MARKS)
    moved = len(before)
    shifted = {code: [(start + moved, end + moved) for start, end in some] for code, some in spans.items()}
    return replace(example, text=f"{before}{text}{after}", spans=shifted if example.spans is not None else None)


def disturbed(text: str, seed: random.Random) -> str:
    """The text as a hurried hand might write it, sign for sign as long: dots left out, no capitals, two letters changed round."""
    if seed.random() < 0.06:
        text = text.translate(str.maketrans("äöåÄÖÅ", "aoaAOA"))
    if seed.random() < 0.12:
        low = text.lower()
        text = low if len(low) == len(text) else text
    elif seed.random() < 0.02:
        high = text.upper()
        text = high if len(high) == len(text) else text
    if seed.random() < 0.12:
        signs = list(text)
        for _ in range(1 + len(signs) // 60):
            at = seed.randrange(max(1, len(signs) - 1))
            if at + 1 < len(signs) and signs[at].isalpha() and signs[at + 1].isalpha():
                signs[at], signs[at + 1] = signs[at + 1], signs[at]
        text = "".join(signs)
    return text
