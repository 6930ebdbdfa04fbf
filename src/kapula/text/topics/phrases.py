"""The phrases of one to three words that tell a theme from all other comments.

Score: log odds with an informative Dirichlet prior, by comments that hold the phrase: Monroe, Colaresi & Quinn (2008), Political Analysis
16, 372–403. Inflected forms are one phrase by their stems, shown as most often written. Coherence: NPMI, Bouma (2009), GSCL.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

from kapula.text import stems
from kapula.text.corpus import Personal
from kapula.text.personal import find
from kapula.text.topics.common import general, grammar
from kapula.text.topics.results import Phrase

LONGEST: Final = 3
PRIOR: Final = 10.0
"""Pretended comments that use words as all comments together do."""
WHOLE: Final = 0.6
"""A longer phrase takes the place of its part when it covers this share of the part's comments."""
SHOWN: Final = 6
TELLING: Final = 1.96
"""The least z of a phrase that is told."""
_JOINED: Final = re.compile(r"[ \t\u00a0-]+")

Key = tuple[str, ...]


@dataclass(slots=True)
class Phrases:
    """``held``: for each text the phrases in it. ``forms``: how each was written. ``data``: the personal data of texts looked at so far."""

    texts: Sequence[str]
    languages: Sequence[str]
    held: list[frozenset[Key]] = field(default_factory=list)
    forms: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    counts: Counter[Key] = field(default_factory=Counter)
    data: dict[int, tuple[Personal, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for text, language in zip(self.texts, self.languages, strict=True):
            found = set()
            for key, form, _ in _in(text, language):
                self.forms[key][form] += 1
                found.add(key)
            self.held.append(frozenset(found))
            self.counts.update(found)

    def telling(self, members: Sequence[int]) -> tuple[Phrase, ...]:
        """The phrases that tell these texts from the rest, most telling first. None that is somebody's personal data."""
        inside: Counter[Key] = Counter()
        for place in members:
            inside.update(self.held[place])
        least = max(2, math.ceil(0.03 * len(members)))
        scored = [self._scored(key, n, len(members)) for key, n in inside.items() if n >= least]
        told = {one.stems: one for one in scored if one.z >= TELLING}
        for whole in [one for one in scored if len(one.stems) > 1 and one.z >= TELLING]:
            for part in _parts(whole.stems):
                if part in told and whole.n >= WHOLE * told[part].n:
                    del told[part]
        chosen: list[Phrase] = []
        for one in sorted(told.values(), key=lambda one: (-one.z, one.text)):
            used = {stem for phrase in chosen for stem in phrase.stems}
            if not used & set(one.stems) and not self._personal(one, members):
                chosen.append(one)
            if len(chosen) == SHOWN:
                break
        return tuple(chosen)

    def _scored(self, key: Key, n: int, size: int) -> Phrase:
        outside, others = self.counts[key] - n, len(self.held) - size
        usual = self.counts[key] / len(self.held)
        a, b = n + PRIOR * usual, outside + PRIOR * usual
        no_a, no_b = size + PRIOR - a, others + PRIOR - b
        odds = math.log(a / max(no_a, 0.5)) - math.log(b / max(no_b, 0.5))
        form = min(self.forms[key].items(), key=lambda one: (-one[1], one[0]))[0]
        return Phrase(form, key, odds / math.sqrt(1 / a + 1 / b), n, outside)

    def _personal(self, phrase: Phrase, members: Sequence[int]) -> bool:
        """Whether the phrase is, or is part of, somebody's data in any of the texts that hold it: "toivo" is a word for most, and for one
        the clerk's name."""
        return any(self._is_data(phrase.stems, place) for place in members if phrase.stems in self.held[place])

    def _is_data(self, key: Key, place: int) -> bool:
        """By where its words stand, for the text may join them otherwise than the phrase is shown: anna-maija, anna\tmaija."""
        text, language = self.texts[place], self.languages[place]
        if place not in self.data:
            self.data[place] = find(text, language)
        data = self.data[place]
        if not data:
            return False
        places = [span for one, _, span in _in(text, language) if one == key]
        return any(one.start < end and start < one.end for one in data for start, end in places)

    def coherence(self, phrases: Iterable[Phrase]) -> float | None:
        """Mean NPMI of the pairs of the phrases' stems over all texts: −1 never together, 0 by chance, 1 always."""
        words = sorted({(stem,) for phrase in phrases for stem in phrase.stems if (stem,) in self.counts})
        if len(words) < 2:
            return None
        n = len(self.held)
        holding = {word: {place for place, held in enumerate(self.held) if word in held} for word in words}
        found = []
        for first, second in combinations(words, 2):
            both = len(holding[first] & holding[second])
            if both == 0:
                found.append(-1.0)
            elif both == n:
                found.append(1.0)
            else:
                pmi = math.log(both * n / (len(holding[first]) * len(holding[second])))
                found.append(pmi / -math.log(both / n))
        return sum(found) / len(found)


def still_said(phrases: Sequence[Mapping[str, Any]], comments: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Of kept phrases (``Phrase.to_dict()``) those that one of ``comments`` (text, language) holds; one that stands there in another form
    only is written as it stands there. Reads comments until all are met as they are written."""
    wanted = {tuple(phrase["stems"]): str(phrase["text"]) for phrase in phrases}
    met: dict[Key, str] = {}
    for text, language in comments:
        for key, form, _ in _in(text, language):
            if key in wanted and met.get(key) != wanted[key]:
                met[key] = form if form == wanted[key] else met.get(key, form)
        if met == wanted:
            break
    return [{**phrase, "text": met[key]} for phrase in phrases if (key := tuple(phrase["stems"])) in met]


def _parts(key: Key) -> set[Key]:
    return {key[start:end] for start in range(len(key)) for end in range(start + 1, len(key) + 1)} - {key}


def _in(text: str, language: str) -> Iterable[tuple[Key, str, tuple[int, int]]]:
    """Phrases that neither begin nor end with a word of grammar or of praise in general, and cross no punctuation: (stems, as written,
    where)."""
    words = list(stems.words(text, language))
    bare = [
        word.form in grammar() or len(word.form) < 2 or word.form.isdigit() or word.stem.main in general(language)
        for word in words
    ]
    for start in range(len(words)):
        if bare[start]:
            continue
        for end in range(start, min(start + LONGEST, len(words))):
            if end > start and not _JOINED.fullmatch(text[words[end - 1].end : words[end].start]):
                break
            if not bare[end]:
                run = words[start : end + 1]
                written = " ".join(word.form for word in run)
                yield tuple(word.stem.main for word in run), written, (run[0].start, run[-1].end)
