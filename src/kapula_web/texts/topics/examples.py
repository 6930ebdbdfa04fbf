"""Customers' phrases as examples of a theme in the codebook: which of them come along, and when they go.

A phrase is an example only while at least LEAST customers said it, in comments that are still there: then no example is one person's
words, and when somebody is erased it is the others' as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from kapula.text.labels import THEMES
from kapula.text.topics.phrases import still_said
from kapula_web.accounts.models import AuditEntry
from kapula_web.texts.models import Codebook, CodebookTheme, CustomerPhrase, DiscoveredTheme, PhraseMention
from kapula_web.texts.services.codebook import locked, told_changed
from kapula_web.texts.services.names import alike, names_taken
from kapula_web.texts.topics.forgetting import NAMED

LEAST: Final = 2


def said_by_several(theme: DiscoveredTheme, there: Collection[int]) -> dict[str, list[int]]:
    """The theme's phrases that enough customers wrote as they stand → the comments in which, of those ``there``. Answers without a
    customer's code are each a customer."""
    rows = theme.mentions.order_by("place").values_list(
        "comment", "comment__text", "comment__analysis__language", "comment__response__customer", "comment__response"
    )
    held: dict[str, list[int]] = {str(phrase["text"]): [] for phrase in theme.phrases}
    who: dict[str, set[Any]] = {text: set() for text in held}
    for comment, text, language, customer, response in rows.iterator():
        for phrase in still_said(theme.phrases, [(text, language or "fi")]) if comment in there else ():
            if phrase["text"] in held:
                held[phrase["text"]].append(comment)
                who[phrase["text"]].add(customer or response)
    return {text: comments for text, comments in held.items() if len(who[text]) >= LEAST}


def take_along(theme: CodebookTheme, said: Mapping[str, Sequence[int]]) -> None:
    """Keep of the examples that are customers' words who said them: phrase → comments."""
    for text, comments in said.items():
        phrase = CustomerPhrase.objects.create(theme=theme, text=text)
        PhraseMention.objects.bulk_create(PhraseMention(phrase=phrase, comment_id=comment) for comment in comments)


def forget(organisation_id: int) -> None:
    """Comments have gone: examples that too few customers said in what is left go too, from the theme's name and the log as well."""
    if not _too_few(organisation_id).exists():
        return
    codebook = locked(Codebook.objects.get(organisation=organisation_id))
    gone: dict[int, list[str]] = {}
    for phrase in _too_few(organisation_id):
        gone.setdefault(phrase.theme_id, []).append(phrase.text)
    for theme in codebook.themes.filter(pk__in=gone).order_by("pk"):
        _without(theme, gone[theme.pk])
        CustomerPhrase.objects.filter(theme=theme, text__in=gone[theme.pk]).delete()


def _too_few(organisation_id: int) -> QuerySet[CustomerPhrase]:
    answer = "mentions__comment__response"
    unnamed = Q(**{f"{answer}__customer": ""})
    counted = CustomerPhrase.objects.filter(theme__codebook__organisation=organisation_id).annotate(
        named=Count(f"{answer}__customer", filter=~unnamed, distinct=True),
        others=Count(answer, filter=unnamed, distinct=True),
    )
    return counted.filter(named__lt=LEAST - F("others")).order_by("theme", "pk")


def _without(theme: CodebookTheme, gone: Sequence[str]) -> None:
    """A theme of one's own without any example could not be found by anything: it is retired."""
    words = {alike(text) for text in gone}
    theme.examples = [text for text in theme.examples if alike(text) not in words]
    theme.names = _names(theme, words)
    alone = not theme.examples and theme.code not in THEMES and theme.retired_at is None
    theme.retired_at = timezone.now() if alone else theme.retired_at
    theme.save(update_fields=["examples", "names", "retired_at"])
    _scrub(theme, words)
    told_changed(theme.codebook, None, "codebook.phrases_gone", theme, rows=len(gone))
    if alone:
        told_changed(theme.codebook, None, "codebook.theme_retired", theme)


def _names(theme: CodebookTheme, words: set[str]) -> dict[str, str]:
    """Those that are none of the words; in the first of their places the first example that is left, unless another theme is called so."""
    names = {language: name for language, name in theme.names.items() if alike(name) not in words}
    lost = next((language for language in theme.names if language not in names), "")
    other = theme.examples[0].capitalize() if theme.examples else ""
    if lost and other and alike(other) not in names_taken(theme.codebook.organisation, but=theme.code):
        names[lost] = other[:80]
    return names


def _scrub(theme: CodebookTheme, words: set[str]) -> None:
    """The log's entries of the theme, and of deeds on comments and found themes that call it by a name no other theme has. Those that
    call a found theme by its phrases are forgetting's."""
    entries = AuditEntry.objects.filter(organisation=theme.codebook.organisation).exclude(action__in=NAMED)
    of_themes, own = CodebookTheme._meta.model_name, str(theme.pk)
    others = theme.codebook.themes.exclude(pk=theme.pk).values_list("names", flat=True)
    its = words - {alike(name) for names in others for name in names.values()}
    for entry in entries.filter(Q(object_type=of_themes) | Q(details__has_key="theme")).order_by("pk").iterator():
        if entry.object_type == of_themes and entry.object_id != own:
            continue
        details = _scrubbed(entry.details, words if entry.object_type == of_themes else its, theme.name)
        if details != entry.details:
            entry.details = details
            entry.save(update_fields=["details"])


def _scrubbed(value: Any, words: set[str], name: str) -> Any:
    if isinstance(value, dict):
        return {key: _scrubbed(one, words, name) for key, one in value.items()}
    if isinstance(value, list):
        return [_scrubbed(one, words, name) for one in value if not (isinstance(one, str) and alike(one) in words)]
    return name if isinstance(value, str) and alike(value) in words else value
