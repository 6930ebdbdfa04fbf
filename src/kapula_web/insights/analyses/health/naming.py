"""What findings are about, in people's words, and where each is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from kapula.schema import ANSWER_PREFIX
from kapula_web.insights.analyses import series
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger.models import Question, Source

MODEL = ("open_or_drop", "name_owner")


@dataclass(frozen=True, slots=True)
class Subjects:
    """Names of questions, sources, measures and series; the sources' ids and the organisation's address for links."""

    slug: str
    questions: Mapping[str, str]
    measures: Mapping[str, str]
    series: Mapping[str, tuple[str, str]]
    source_ids: Mapping[str, int]
    data: Data

    @classmethod
    def of(cls, data: Data) -> Subjects:
        declared = Question.objects.filter(organisation=data.organisation)
        measures = ModelMeasure.objects.filter(organisation=data.organisation)
        return cls(
            data.organisation.slug,
            {ANSWER_PREFIX + one.code: str(one) for one in declared},
            {one.code: str(one) for one in measures},
            series.names(data),
            dict(Source.objects.filter(organisation=data.organisation).values_list("code", "pk")),
            data,
        )

    def name(self, subject: str, code: str) -> str:
        if subject == "question":
            return self.questions.get(code, code)
        if subject == "measure":
            return self.measures.get(code, code)
        if subject == "series":
            return self.series.get(code, (code, ""))[0] or code
        if subject == "source":
            return self.data.names.value("source", code)
        return gettext("Vastaukset")

    def href(self, one: Mapping[str, Any]) -> str:
        """Where it is mended: the measure's page, the model, or the source among the data."""
        if one["way_out"] in MODEL:
            return f"{reverse('insights:model', args=[self.slug])}#{one['code']}"
        if one["subject"] == "source" and one["code"] in self.source_ids:
            return reverse("ledger:source", args=[self.slug, self.source_ids[one["code"]]])
        if one["way_out"] in ("merge", "drop") and one["subject"] == "question":
            return reverse("insights:analysis", args=[self.slug, "prune"])
        return reverse("ledger:home", args=[self.slug])
