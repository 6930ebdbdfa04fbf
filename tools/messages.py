"""The interface's words in three languages, without the gettext programs.

The words in the code are Finnish; Swedish and English stand in src/kapula_web/locale. After adding or changing words:

    python tools/messages.py extract    # the catalogues get what is new and lose what is gone
    (write the translations into locale/sv and locale/en)
    python tools/messages.py compile    # .po → .mo
    python tools/messages.py check      # what is missing; the tests ask the same
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kapula_web"
LOCALE = SOURCE / "locale"
LANGUAGES = ("sv", "en")
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # a fixed stamp: a catalogue changes only when its words do
SINGLE, PLURAL, CONTEXT, CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    f"{name}{lazy}": form
    for lazy in ("", "_lazy", "_noop")
    for name, form in {
        "gettext": SINGLE,
        "ngettext": PLURAL,
        "pgettext": CONTEXT,
        "npgettext": CONTEXT_PLURAL,
    }.items()
} | {"_": SINGLE}


def extract_template(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Django's own reader of templates turns one into calls of gettext; Babel's reader of Python finds those."""
    from django.utils.translation.template import templatize

    calls = templatize(file.read().decode(), origin=getattr(file, "name", ""))
    lines = "\n".join(line.lstrip() for line in calls.splitlines())  # indentation means nothing there, but Python minds
    yield from extract_python(io.BytesIO(lines.encode()), keywords, comment_tags, {"encoding": "utf-8"})


READERS = {".py": extract_python, ".html": extract_template, ".txt": extract_template}


def extracted() -> Catalog:
    """Every message of the web layer, without translations."""
    catalog = _catalog(None)
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in READERS or "migrations" in path.parts or "static" in path.parts:
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        with path.open("rb") as file:
            for _line, function, words, _comments in READERS[path.suffix](file, KEYWORDS, [], {}):
                _add(catalog, function, words)
    return catalog


def _add(catalog: Catalog, function: str, words: Any) -> None:
    given = list(words) if isinstance(words, tuple) else [words]
    form = KEYWORDS[function]
    context = given.pop(0) if form in (CONTEXT, CONTEXT_PLURAL) else None
    plural = form in (PLURAL, CONTEXT_PLURAL)
    if not given or not given[0] or (plural and not given[1]):
        return  # a variable, not words: whoever made it a message has given its words
    catalog.add(tuple(given[:2]) if plural else given[0], context=context)


def _catalog(language: str | None) -> Catalog:
    return Catalog(
        locale=language, project="Kapula", version="1", creation_date=EPOCH, revision_date=EPOCH, fuzzy=False,
        last_translator="Kapula", language_team=language or "", copyright_holder="Kapula", msgid_bugs_address="-",
        header_comment="# Words of Kapula's interface. Made by tools/messages.py; the translations are written by people.",
    )  # fmt: skip


def path_of(language: str, suffix: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django{suffix}"


def written(language: str) -> Catalog:
    """The catalogue as it stands in the tree."""
    path = path_of(language, ".po")
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else _catalog(language)


def merged(language: str, wanted: Catalog) -> Catalog:
    """What is wanted, with the translations there are. A translation is kept only for exactly the same words: none is guessed."""
    known, catalog = written(language), _catalog(language)
    for message in _messages(wanted):
        found = known.get(message.id, message.context)
        catalog.add(message.id, found.string if found else None, context=message.context)
    return catalog


def po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=0, sort_output=True, no_location=True, omit_header=False)
    return file.getvalue()


def mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def problems() -> list[str]:
    """What is missing, left over, stale or broken, in words; empty when all is well."""
    wanted = extracted()
    names = {(message.id, message.context) for message in _messages(wanted)}
    found: list[str] = []
    for language in LANGUAGES:
        catalog = written(language)
        there = {(message.id, message.context): message for message in _messages(catalog)}
        found += [f"{language}: extract has not been run for {name!r}" for name, _c in names - there.keys()]
        found += [f"{language}: no longer in the code: {name!r}" for name, _c in there.keys() - names]
        found += [f"{language}: {problem}" for message in there.values() for problem in _faults(message)]
        path = path_of(language, ".mo")
        if not path.exists() or path.read_bytes() != mo(catalog):
            found.append(f"{language}: django.mo is stale; run python tools/messages.py compile")
    return sorted(found)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _faults(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        yield f"not translated: {ids[0]!r}"
        return
    if message.fuzzy:
        yield f"marked fuzzy: {ids[0]!r}"
    if set(map(_places, strings)) - set(map(_places, ids)):
        yield f"other placeholders than in {ids[0]!r}: {strings[0]!r}"


def _places(text: str) -> tuple[str, ...]:
    """The placeholders of a message: %(name)s and {name}."""
    return tuple(sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)))


def main(command: str) -> int:
    if command == "check":
        found = problems()
        print("\n".join(found) or "All words are there in Finnish, Swedish and English.")
        return 1 if found else 0
    for language in LANGUAGES:
        path_of(language, ".po").parent.mkdir(parents=True, exist_ok=True)
        if command == "extract":
            path_of(language, ".po").write_bytes(po(merged(language, extracted())))
        elif command == "compile":
            path_of(language, ".mo").write_bytes(mo(written(language)))
        else:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapula_web.settings")
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
