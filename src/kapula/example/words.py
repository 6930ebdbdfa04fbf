"""A text in the example organisation's three languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in Finnish, Swedish and English."""

    fi: str
    sv: str
    en: str

    def to_dict(self) -> dict[str, str]:
        return {"fi": self.fi, "sv": self.sv, "en": self.en}
