"""What the values of each filter are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kapula_web.accounts.models import Organisation
from kapula_web.insights.words.labels import Names
from kapula_web.kit import codes, dates
from kapula_web.kit.words import in_language
from kapula_web.texts.explorer.shelf import BANDS, rated_questions
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.selectors import retired_themes_of, themes_of

_KINDS: Final = {
    "sign": "sign", "score": "score_band", "emotion": "feeling", "empathy": "comment_empathy",
    "language": "comment_language",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """``themes``: by code, in the codebook's order; retired ones after those in use. ``questions``: those with a scale."""

    names: Names
    themes: Mapping[str, CodebookTheme]
    questions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, organisation: Organisation) -> Called:
        themes = [*themes_of(organisation), *retired_themes_of(organisation)]
        asked = {one.code: in_language(one.names) or one.code for one in rated_questions(organisation)}
        return cls(Names.of(organisation), {theme.code: theme for theme in themes}, asked)

    def group(self, name: str) -> str:
        """A filter: the organisation's own name of the dimension, where it has one."""
        own = self.names.values.get(name, {}).get("")
        return own or codes.words("comment_filter", name)

    def value(self, name: str, value: str) -> str:
        if name == "theme":
            code, _, tone = value.partition(":")
            theme = self.theme(code)
            return f"{theme}, {self.tone(tone)}" if tone else theme
        if name == "answer":
            return self.answer(value)
        if name == "days":
            return "–".join(dates.date(day) for day in value.split("/"))
        if name == "sentiment":
            return self.tone(value)
        if name in _KINDS:
            return codes.words(_KINDS[name], value)
        return self.names.value(name, value)

    def answer(self, value: str) -> str:
        """ "Nopeus: matala" of a question and a band of its scale."""
        code, _, band = value.partition(":")
        name = self.questions.get(code, code)
        return f"{name}: {codes.words('score_band', band)}" if band in BANDS else name

    def theme(self, code: str) -> str:
        found = self.themes.get(code)
        return found.name if found else code

    def tone(self, code: str) -> str:
        return codes.words("sentiment" if codes.has_words("sentiment", code) else "comment_tone", code)

    def hue(self, code: str) -> str:
        """The theme's colour, as a number of the six; empty for a theme that is gone."""
        found = self.themes.get(code)
        return found.colour.removeprefix("cat-") if found else ""
