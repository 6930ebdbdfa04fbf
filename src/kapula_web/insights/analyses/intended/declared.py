"""The aims that can be asked about, and their digest: changed aims are a new question."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms

from kapula_web.insights.aims.access import live_aims
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data


class Declared(forms.CharField):
    """A digest of the aims as they stand, whatever an old address says: changed aims are a new question, not a kept answer."""

    def __init__(self, data: Data) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)
        self.data = data

    def clean(self, value: Any) -> str:
        return digest(self.data)


def answerable_aims(data: Data) -> list[ExperienceAim]:
    """The aims whose questions all have answers."""
    known = {one.column for one in held.questions(data)}
    return [
        one
        for one in live_aims(data.organisation)
        if {rule["column"] for rule in [*one.rules, *([one.good] if one.good else [])]} <= known
    ]


def digest(data: Data) -> str:
    told = json.dumps([one.declared() for one in answerable_aims(data)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
