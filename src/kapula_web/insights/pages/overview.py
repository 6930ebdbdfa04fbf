"""The first page: what surely moved, the measures one leads by, what differs, what is stale, missing or waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kapula.results import Difference
from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.insights.figures.reading import shown_of
from kapula_web.insights.figures.recipe import Recipe
from kapula_web.insights.models import Area, ModelMeasure
from kapula_web.insights.pages.upkeep import missing, stale, waiting
from kapula_web.insights.scan import scan
from kapula_web.insights.selectors import live_measures
from kapula_web.insights.words.dictionaries import difference_of, row_of
from kapula_web.insights.words.labels import Names
from kapula_web.insights.words.sentences import Shown, target_state, target_tone, target_words
from kapula_web.insights.words.sparks import spark
from kapula_web.kit import figures
from kapula_web.ledger.models import Observation, Outcome, Response
from kapula_web.ledger.selectors import as_of

MOST_MOVES, MOST_CONTRASTS = 6, 6


def overview_context(membership: Membership, today: date) -> dict[str, Any]:
    """Everything the template needs; ``empty`` for an organisation without data."""
    organisation = membership.organisation
    measures = {one.code: one for one in live_measures(organisation)}
    if not has_data(organisation):
        return {
            "empty": True,
            "today": today,
            "may_import": may(membership, "import"),
            "answer": gettext("Tervetuloa Kapulaan"),
        }
    found = scan(organisation, today)
    names = Names.of(organisation)
    surely = {one["code"] for one in found["moves"] if not one["dimension"]}
    cards = [
        card(one, found["standings"].get(one.code, {}), one.code in surely) for one in chosen(list(measures.values()))
    ]
    moves = [told(one, measures, names) for one in found["moves"]]
    return {
        "today": today,
        "answer": headline(moves, cards) if cards else gettext("Mittareita ei ole vielä"),
        "unmeasured": not cards,
        "may_model": may(membership, "model"),
        "as_of": as_of(organisation),
        "cards": cards,
        "moves": moves[:MOST_MOVES],
        "more_moves": max(0, len(moves) - MOST_MOVES),
        "contrasts": [told(one, measures, names) for one in pick(found["contrasts"])],
        "compared": bool(found["tests"]["moves"]),
        "tests": {name: figures.number(count) for name, count in found["tests"].items()},
        "stale": stale(organisation, list(measures.values()), found["standings"], today),
        "missing": missing(organisation, list(measures.values()), found["standings"]),
        "waiting": waiting(membership, list(measures.values()), found["standings"], today),
    }


def has_data(organisation: Organisation) -> bool:
    """Whether anything has come in at all."""
    return any(table.objects.filter(organisation=organisation).exists() for table in (Response, Observation, Outcome))


def chosen(measures: list[ModelMeasure]) -> list[ModelMeasure]:
    return [one for one in measures if one.headline] or measures[:3]


def card(measure: ModelMeasure, standing: dict[str, Any], surely: bool) -> dict[str, Any]:
    """One measure one leads by: value, how sure, whether it moved, its target, and its shape over the year. ``surely``: its move stays
    sure among all the comparisons of the page, the rule by which the page's answer speaks."""
    if "error" in standing or not standing:
        return {"measure": measure, "value": "", "words": gettext("lukua ei voi laskea")}
    shown = shown_of(measure, Recipe.of(measure))
    row, change = row_of(standing["row"]), difference_of(standing["change"])
    state = target_state(row, measure.target, shown.higher_is_better)
    known = row is not None and row.value is not None
    alone = change is not None and change.sure and not surely
    if alone and change is not None:
        change = replace(change, sure=False)
    return {
        "measure": measure,
        "value": shown.value(row.value) if row and known else "",
        "interval": shown.interval(row.low, row.high) if row and known else "",
        "n": figures.count_words(row.n) if row else "",
        "words": _moved(shown, change, alone) if known else gettext("liian vähän vastauksia"),
        "tone": shown.tone(change),
        "change": change,
        "target": target_words(state) if measure.target is not None else "",
        "target_value": shown.value(measure.target),
        "target_tone": target_tone(state),
        "spark": spark(standing["spark"]),
    }


def _moved(shown: Shown, change: Difference | None, alone: bool) -> str:
    """Whether a measure moved. ``alone``: surely when nothing else is looked at, as on its own page, but not beside all the others."""
    if not alone or change is None:
        return shown.change_words(change)
    told = {"arrow": "▲" if (change.value or 0) > 0 else "▼", "size": shown.amount(change.value or 0.0)}
    return gettext("%(arrow)s %(size)s, näin monen luvun joukossa voi olla sattumaa") % told


def told(one: dict[str, Any], measures: dict[str, ModelMeasure], names: Names) -> dict[str, Any]:
    """A move or a contrast in words, with the address of the page that shows it."""
    measure = measures[one["code"]]
    shown = shown_of(measure, Recipe.of(measure))
    change = difference_of(one)
    assert change is not None
    place = names.value(one["dimension"], one["group"]) if one["dimension"] else ""
    query = f"?{one['dimension']}={one['group']}" if one["dimension"] else ""
    address = reverse("insights:measure", args=[measure.organisation.slug, measure.code])
    return {
        "name": measure.name,
        "place": place,
        "href": address + query,
        "up": (change.value or 0) > 0,
        "tone": shown.tone(change),
        "amount": shown.amount(change.value or 0.0),
        "difference": shown.difference(change),
        "value": shown.value(change.second.value),
        "against": shown.value(change.first.value),
        "n": figures.count_words(change.second.n),
        "whole": not one["dimension"],
        "rank": (tier(measure), bool(one["dimension"]), not measure.headline),
    }


def tier(measure: ModelMeasure) -> int:
    """What opens the page: measures chosen for it and the experience first, business last, as it follows from the others."""
    if measure.headline or measure.area == Area.EXPERIENCE:
        return 0
    return 2 if measure.area == Area.BUSINESS else 1


def pick(contrasts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The surest contrasts, at most two of one measure and one of one group, so that no measure fills the list."""
    found: list[dict[str, Any]] = []
    for one in contrasts:
        same = sum(other["code"] == one["code"] for other in found)
        seen = any((other["dimension"], other["group"]) == (one["dimension"], one["group"]) for other in found)
        if same < 2 and not seen:
            found.append(one)
    return found[:MOST_CONTRASTS]


def headline(moves: list[dict[str, Any]], cards: list[dict[str, Any]]) -> str:
    """One sentence: the surest move of what the organisation leads by (see ``tier``), of a whole measure before a group, or that
    nothing surely moved."""
    first = sorted(moves, key=lambda move: move["rank"])[:1]
    if not first:
        if not any(one["value"] for one in cards):
            return gettext("Vastauksia on vielä liian vähän varmoihin päätelmiin")
        return gettext("Mikään ei ole varmasti muuttunut edellisestä jaksosta")
    move = first[0]
    words = {"name": move["name"], "amount": move["amount"], "place": move["place"]}
    if move["whole"]:
        text = gettext("%(name)s on noussut %(amount)s") if move["up"] else gettext("%(name)s on laskenut %(amount)s")
    else:
        text = (
            gettext("%(place)s: %(name)s on noussut %(amount)s")
            if move["up"]
            else gettext("%(place)s: %(name)s on laskenut %(amount)s")
        )
    rest = len(moves) - 1
    tail = ngettext(
        ", ja %(n)s muu luku on varmasti muuttunut", ", ja %(n)s muuta lukua on varmasti muuttunut", rest
    ) % {"n": rest}
    return text % words + (tail if rest else "")
