"""Comments written by hand, one a line, into a batch of the corpus.

python tools/corpus/compact.py written.txt src/kapula/text/corpus/l90.jsonl

A line is ``text || sentiment intensity emotion || themes || flags``; ``# domain telecom`` and ``# language sv`` hold from there on.
Themes are ``code+ quote ;; code- quote && another quote`` with ``+`` positive, ``-`` negative, ``~`` mixed, ``=`` neutral; ``-``: none.
Flags: ``r=t`` or ``r=f`` (settled or not), ``churn``, ``urgent``, ``sugg``, ``emp=shown``, ``kinds={irony,typos}``, ``name={Virtaselle}``
and the other kinds of personal data, ``dims={ease}`` to add to the dimensions that follow from the themes.
What is wrong is told line by line, and then nothing is written.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from kapula.text import corpus, labels

ATTITUDES = {"+": "positive", "-": "negative", "~": "mixed", "=": "neutral"}
THEME = re.compile(r"(\w+)\s*([-+~=])\s*(.+)$")
FLAG = re.compile(r"\S+=\{[^}]*\}|\S+")
NAMES = {"churn": "churn_risk", "sugg": "suggestion", "urgent": "urgent"}
EASE = {"waiting_time", "availability", "ease_of_use", "digital_service", "communication"}
EFFECTIVENESS = {"resolution", "delivery_reliability", "product_quality", "staff_competence"}
EMOTION = {"staff_attitude", "trust_privacy"}
NEGATIONS = {
    "fi": re.compile(r"\b(e[nti]|emme|ette|eivät|älä|älkää|e[it]?kä|enkä|emmekä|ettekä|eivätkä|ette[in]|elle[in]|eipä|ilman)\b", re.I),
    "sv": re.compile(r"\b(inte|ej|aldrig|ingen|inget|inga|ingenting|utan)\b", re.I),
    "en": re.compile(r"\b(not|never|no|nothing|nobody|none|without|\w+n't|cannot)\b", re.I),
}  # fmt: skip


def comment(line: str, language: str, domain: str) -> dict[str, Any]:
    """The line as the corpus keeps it. Raises ValueError that tells what is wrong."""
    parts = [part.strip() for part in line.split("||")]
    if len(parts) not in (3, 4):
        raise ValueError(f"{len(parts)} parts, 4 wanted")
    text, (sentiment, intensity, emotion) = parts[0], _mood(parts[1])
    themes = _themes(text, parts[2])
    told = _flags(text, parts[3] if len(parts) == 4 else "")
    kinds = set(told.pop("kinds", ())) | ({"mixed"} if sentiment == "mixed" else set())
    if NEGATIONS[language].search(text):
        kinds.add("negation")
    return {
        "text": text,
        **({} if language == "fi" else {"language": language}),
        "sentiment": sentiment,
        "intensity": intensity,
        "emotion": emotion,
        "dimensions": dimensions({theme["code"] for theme in themes}, set(told.pop("dims", ())), told),
        "themes": themes,
        **told,
        "domain": domain,
        **({"kinds": sorted(kinds)} if kinds else {}),
    }


def dimensions(codes: set[str], said: set[str], told: dict[str, Any]) -> list[str]:
    """Those that follow from the themes (docs/text/labelling.md), and those ``said``."""
    found = set(said)
    if codes & EASE:
        found.add("ease")
    if codes & EFFECTIVENESS or (codes & EASE and told.get("resolved") is False):
        found.add("effectiveness")
    if codes & EMOTION or told.get("empathy"):
        found.add("emotion")
    return [name for name in labels.DIMENSIONS if name in found]


def _mood(words: str) -> tuple[str, int, str]:
    sentiment, intensity, emotion = words.split()
    if sentiment not in labels.SENTIMENTS or emotion not in labels.EMOTIONS or int(intensity) not in labels.INTENSITIES:
        raise ValueError(f'"{words}" is no sentiment, intensity and emotion')
    return sentiment, int(intensity), emotion


def _themes(text: str, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in [part.strip() for part in words.split(";;") if part.strip() not in ("", "-")]:
        told = THEME.match(one)
        if told is None or told[1] not in labels.THEMES or told[1] in {theme["code"] for theme in found}:
            raise ValueError(f'theme "{one}" is not one, or there twice')
        quotes = [quote.strip() for quote in told[3].split("&&")]
        if missing := [quote for quote in quotes if quote not in text]:
            raise ValueError(f'quote "{missing[0]}" is not in the text')
        found.append({"code": told[1], "quotes": quotes, "sentiment": ATTITUDES[told[2]]})
    return found


def _flags(text: str, words: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for flag in FLAG.findall(words):
        key, _, value = flag.partition("=")
        value = value.strip("{}")
        if key in labels.PERSONAL:
            if value not in text:
                raise ValueError(f'"{value}" is not in the text')
            told.setdefault("pii", []).append({"type": key, "quote": value})
        elif key in NAMES:
            told[NAMES[key]] = True
        elif key in ("kinds", "dims"):
            told[key] = value.split(",")
        elif (key, value) in (("r", "t"), ("r", "f")):
            told["resolved"] = value == "t"
        elif key == "emp" and value in labels.EMPATHY:
            told["empathy"] = value
        else:
            raise ValueError(f'flag "{flag}"')
    return told


def main(written: Path, to: Path) -> None:
    seen = {one.text.casefold() for one in corpus.load() if one.batch != to.stem}
    language, domain, lines, wrong = "fi", "other", [], []
    for number, line in enumerate(written.read_text(encoding="utf-8").splitlines(), 1):
        key, _, value = line.removeprefix("#").strip().partition(" ")
        if line.startswith("#"):
            language, domain = (value if key == "language" else language), (value if key == "domain" else domain)
        elif line.strip():
            try:
                made = comment(line, language, domain)
                if made["text"].casefold() in seen:
                    raise ValueError("the corpus has it already")
                seen.add(made["text"].casefold())
                lines.append(json.dumps(made, ensure_ascii=False))
            except ValueError as error:
                wrong.append(f"{written.name}:{number}: {error}: {line[:70]}")
    if wrong:
        raise SystemExit("\n".join(wrong))
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} comments in {to.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
