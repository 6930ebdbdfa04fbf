"""Read comments: every field of ``contract.SCHEMA`` for each, in the order given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from kapula.errors import ParameterError
from kapula.text import fields, given, labels, mixing, prepare, themes
from kapula.text.codebook import Codebook, Head, default
from kapula.text.codebook.learn import heads_for
from kapula.text.contract import SCHEMA, TIERS
from kapula.text.models.network import Floats, Network, cores, load, settings, side_by_side
from kapula.text.personal import find as personal
from kapula.text.personal import version as rules

AT_ONCE: Final = 500  # texts whose numbers are held in memory, for each core
FEWEST: Final = 64  # fewer are not worth a thread of their own
SIZE: Final = 384  # numbers of an embedding


def analyse(
    texts: Iterable[str | None],
    codebook: Codebook | Mapping[str, Any] | str | Path | None = None,
    languages: Sequence[str] | None = None,
    tier: str = "careful",
) -> pa.Table:
    """What each comment says, by what its words say (docs/text/labelling.md).

    ``texts``: any strings, as a list or a column; None is read as an empty one. ``codebook``: the themes to look for (a codebook, its
    file's path, or what such a file says), the default fourteen unless given. ``languages``: those the organisation's customers write
    (fi, sv and en unless given); a comment in another is labelled but abstains. ``tier``: ``careful``, or ``fast`` for more comments a
    second with a little less accuracy.

    Returns a table with ``contract.SCHEMA``'s columns and one row a text; its metadata tells the version of model and codebook.
    Raises ParameterError for what is no text, an unknown tier or language; SourceError for a codebook that says something else.
    """
    written = labels.LANGUAGES[:3] if languages is None else languages
    check(tier, written)
    chosen = given.codebook(codebook)
    batches = list(stream(given.texts(texts), chosen, written, tier))
    table = pa.Table.from_batches(batches, SCHEMA)
    return table.replace_schema_metadata({"kapula_text_version": version(chosen, tier)})


def stream(
    texts: Sequence[str | None], codebook: Codebook, languages: Sequence[str], tier: str
) -> Iterator[pa.RecordBatch]:
    """The same, some thousands of rows at a time, so that memory does not grow with the texts."""
    return (batch for batch, _ in _batches(texts, codebook, languages, tier))


def read(
    texts: Sequence[str | None], codebook: Codebook | None = None, tier: str = "careful"
) -> tuple[pa.Table, Floats]:
    """``analyse``'s table and ``embed``'s vectors, for the price of one reading."""
    check(tier)
    told = list(_batches(given.texts(texts), codebook or default(), labels.LANGUAGES[:3], tier))
    vectors = [vector for _, some in told for vector in some]
    return pa.Table.from_batches([batch for batch, _ in told], SCHEMA), np.asarray(vectors, np.float32).reshape(
        -1, SIZE
    )


def _batches(
    texts: Sequence[str | None], codebook: Codebook, languages: Sequence[str], tier: str
) -> Iterator[tuple[pa.RecordBatch, list[Floats]]]:
    network, heads = load(tier), heads_for(codebook, tier)
    size = min(AT_ONCE, max(FEWEST, -(-len(texts) // (2 * cores()))))  # a few lots a core, or some wait for the last

    def work(at: int) -> tuple[pa.RecordBatch, list[Floats]]:
        some = [text or "" for text in texts[at : at + size]]
        once = list(dict.fromkeys(some))  # "ok" and "hyvä palvelu" are written by many
        read = _read(once, network, threads=1 if size < len(texts) else None)
        rows, vectors = _rows(once, read, codebook, heads, languages, network)
        of = {text: index for index, text in enumerate(once)}
        return (
            pa.RecordBatch.from_pylist([rows[of[text]] for text in some], SCHEMA),
            [vectors[of[text]] for text in some],
        )

    yield from side_by_side(work, range(0, len(texts), size))


Read = list[list[themes.Part]]
"""The parts of each text, as the network read them."""


def _read(texts: Sequence[str], network: Network, threads: int | None = None) -> Read:
    cut = [_parts(prepare.readable(text)) for text in texts]
    readings = iter(network.read([text for parts in cut for _, text in parts], threads))
    return [[themes.Part(start, part, next(readings)) for start, part in parts] for parts in cut]


def embed(texts: Sequence[str | None], tier: str = "careful") -> Floats:
    """What each text is about as 384 numbers of unit length: near ones mean alike. Zeros for a text without words.

    Of a long text its first part (``prepare.parts``) that has words.
    """
    check(tier)
    network, texts = load(tier), given.texts(texts)
    out = np.zeros((len(texts), SIZE), np.float32)
    for start in range(0, len(texts), AT_ONCE):
        cut = [_parts(prepare.readable(text or "")) for text in texts[start : start + AT_ONCE]]
        some = [i for i, parts in enumerate(cut) if parts]
        for i, reading in zip(some, network.read([cut[i][0][1] for i in some]), strict=True):
            out[start + i] = reading.embedding
    return out


def version(codebook: Codebook | None = None, tier: str = "careful") -> str:
    """What a row depends on: tier, model, the rules of personal data and the codebook. Labels of two versions are not compared without
    saying so."""
    check(tier)
    return f"{tier}-{settings(tier).version}-{rules()}-{(codebook or default()).version}"


def model_of(version: str) -> str:
    """The tier and model of a version, in every form that versions have had: embeddings of one model are comparable whatever else of the
    version differs. What names no tier is a model of its own."""
    parts = version.split("-")
    at = next((place for place, part in enumerate(parts) if part in TIERS), None)
    return version if at is None else "-".join(parts[at : at + 2])


def check(tier: str, languages: Sequence[str] = ()) -> None:
    """Raise ParameterError for a tier or language there is not."""
    if tier not in TIERS:
        raise ParameterError("There is no such tier.", parameter="tier", value=tier, allowed=list(TIERS))
    if isinstance(languages, str):
        raise ParameterError(
            "Languages are a list.", hint="Give for example ['fi', 'sv'].", parameter="languages", value=languages
        )
    for language in languages:
        if language not in labels.LANGUAGES[:3]:
            raise ParameterError(
                "There is no such language.", parameter="languages", value=language, allowed=list(labels.LANGUAGES[:3])
            )


def _rows(
    texts: list[str], read: Read, codebook: Codebook, heads: Mapping[str, Head], languages: Sequence[str], network: Network,
) -> tuple[list[dict[str, Any]], list[Floats]]:  # fmt: skip
    rows, unread, vectors = [], [], []
    wanted = themes.sought(codebook, heads, network.settings)
    for text, told in zip(texts, read, strict=True):
        row, found = _row(told, wanted, languages, network)
        row["pii"] = [{"type": one.type, "start": one.start, "end": one.end} for one in personal(text, row["language"])]
        unread += [(row, text, one) for one in found if one.sentiment is None]
        row["themes"] = [one.to_dict() for one in found]
        rows.append(row)
        vectors.append(told[0].reading.embedding if told else np.zeros(SIZE, np.float32))
    _attitudes(unread, network)
    return rows, vectors


def _parts(text: str) -> list[tuple[int, str]]:
    """The parts that have words."""
    return [part for part in prepare.parts(text) if not prepare.is_wordless(part[1])]


def _row(
    parts: list[themes.Part], wanted: Sequence[themes.Sought], languages: Sequence[str], network: Network
) -> tuple[dict[str, Any], list[themes.Found]]:
    if not parts:
        return fields.wordless(), []
    logits = fields.together([part.reading for part in parts], [len(part.text) for part in parts])
    texts = [part.text for part in parts]
    mixed = mixing.is_mixed(texts, [part.reading.logits["language"] for part in parts])
    row = fields.of(logits, network.settings, languages, mixed=mixed)
    latin = prepare.latin(texts)
    if latin is None:
        row["language"] = "other"  # figures and emoji say how it was, in no language
    elif latin < 0.5:
        # In letters that no language read here is written with, if not all of it.
        row |= {"language": "mixed" if mixed else "other", "abstained": True}
    return row, themes.find(parts, wanted)


def _attitudes(unread: list[tuple[dict[str, Any], str, themes.Found]], network: Network) -> None:
    """Sentiment towards a theme of the organisation's own: of its words, read by themselves."""
    words = [prepare.readable(text[one.spans[0][0] : one.spans[-1][1]])[: prepare.PIECE] for _, text, one in unread]
    some = [i for i, text in enumerate(words) if not prepare.is_wordless(text)]
    told = dict(zip(some, network.read([words[i] for i in some]), strict=True))
    for i, (row, _, one) in enumerate(unread):
        said = labels.SENTIMENTS[int(told[i].logits["sentiment"].argmax())] if i in told else row["sentiment"]
        next(theme for theme in row["themes"] if theme["code"] == one.code)["sentiment"] = said
