"""Between the form's fields and the model's."""

from __future__ import annotations

from typing import Any

from kapula import measures
from kapula.connectors.columns.words import NPS
from kapula_web.accounts.models import Organisation
from kapula_web.insights.figures.recipe import declared
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger.models import Question

LANGUAGES = ("fi", "sv", "en")
SIMPLE = ("area", "parent", "measure", "owner", "owner_role", "rhythm", "period", "headline", "unit_label", "cluster")
FILTERS = ("source", "touchpoint", "team")
TEXTS = {"names": "name", "definitions": "definition", "when_missed": "when_missed"}


def fields_of(given: dict[str, Any], organisation: Organisation, instance: ModelMeasure | None) -> dict[str, Any]:
    """The model's fields from cleaned data. Filters the form does not show are kept as they were."""
    from kapula_web.insights.forms import new_code

    table, _, name = given["origin"].partition(":")
    fields = {key: given[key] for key in SIMPLE}
    for field, prefix in TEXTS.items():
        fields[field] = {code: text for code in LANGUAGES if (text := given[f"{prefix}_{code}"].strip())}
    kept = {key: value for key, value in (instance.filters if instance else {}).items() if key not in FILTERS}
    fields["filters"] = kept | {key: [given[key]] for key in FILTERS if given[key]}
    fields["table"] = table
    fields["series"] = name if table == "observations" else ""
    fields["columns"] = ["value"] if table == "observations" else [name, *([given["second"]] if _two(given) else [])]
    fields["weight"] = "weight" if given["weighted"] and table == "responses" else ""
    fields["higher_is_better"] = {"higher": True, "lower": False}.get(given["better"])
    fields["target"] = given["target"] / _factor(given["measure"]) if given["target"] is not None else None
    if instance is None:
        fields["code"] = new_code(organisation, given["name_fi"])
    return fields


def initial(measure: ModelMeasure) -> dict[str, Any]:
    """The form as it stands for a measure."""
    columns = [str(name).removeprefix("answer_") for name in measure.columns]
    found: dict[str, Any] = {key: getattr(measure, key) for key in SIMPLE}
    for field, prefix in TEXTS.items():
        found |= {f"{prefix}_{code}": getattr(measure, field).get(code, "") for code in LANGUAGES}
    for key in FILTERS:
        value = measure.filters.get(key, "")
        found[key] = value[0] if isinstance(value, list) and value else value
    name = measure.series if measure.table == "observations" else columns[0] if columns else ""
    found["origin"] = f"{measure.table}:{name}"
    found["second"] = columns[1] if len(columns) > 1 else ""
    found["weighted"] = bool(measure.weight)
    found["better"] = {True: "higher", False: "lower"}.get(measure.higher_is_better, "")  # type: ignore[arg-type]
    found["target"] = None if measure.target is None else round(measure.target * _factor(measure.measure), 6)
    return found


def of_question(organisation: Organisation, code: str) -> dict[str, Any]:
    """The form for a new measure of a question, by what is declared of it; empty when there is no such question.

    The way of counting is the question's own measure. Without one it is the mean, right on any scale, and NPS only for a question
    about recommending that is asked from 0 to 10."""
    asked = Question.objects.filter(organisation=organisation, code=code, is_comment=False).first()
    if asked is None:
        return {}
    recommending = (asked.low, asked.high) == (0, 10) and NPS.search(f"{asked} {asked.code}".casefold())
    known = asked.measure if asked.measure in measures.names() else ""
    found = {"origin": f"responses:{asked.code}", "measure": known or ("nps" if recommending else "mean")}
    named = asked.names if asked.names.get("fi") else {**asked.names, "fi": str(asked)}
    for prefix, texts in (("name", named), ("definition", asked.wording)):
        found |= {f"{prefix}_{language}": texts[language] for language in LANGUAGES if texts.get(language)}
    return found


def _two(given: dict[str, Any]) -> bool:
    return len(declared(given["measure"]).roles) > 1 and bool(given["second"])


def _factor(name: str) -> float:
    """Shares are written as per cent."""
    return 100.0 if declared(name).unit == "share" else 1.0
