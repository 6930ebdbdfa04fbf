"""Themes that the codebook misses."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.text.quotes import represent
from kapula.text.topics import identity, space, stability
from kapula.text.topics.grouping import grouped
from kapula.text.topics.missed import Piece, missed, missed_clauses, speaking
from kapula.text.topics.phrases import Phrases
from kapula.text.topics.results import DiscoveredTheme, Discovery, KnownTheme
from kapula.trends.periods import label_of

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
NEEDED: Final = 60
VERDICTS: Final = {
    "not_enough": "The codebook misses too few comments to look for themes in.",
    "found": "Themes that stay together when the run is repeated.",
    "none": "What the codebook misses has no themes that stay together.",
}


def discover(
    texts: Sequence[str],
    embeddings: Vectors | Embed,
    times: Sequence[date | None] | None = None,
    coded: Sequence[Any] | None = None,
    known: Sequence[KnownTheme] | None = None,
    seed: int = 1,
    *,
    languages: Sequence[str] | None = None,
    most: int | None = None,
) -> Discovery:
    """Themes among the comments that have none, each with its phrases, quotes, stability, and the id it had last time.

    ``embeddings``: float32 (comments, directions) of unit length, as kapula.text.embed gives; or the function itself, and clauses that no
    theme's evidence stands in are looked at too. ``coded``: each comment's themes ({code, spans} of the contract, or codes); None: there
    is no codebook. ``known``: the themes of last time (``DiscoveredTheme.known``). ``languages``: of each comment; Finnish when None.
    ``most``: groups tried at most. Raises :class:`ParameterError` when lengths differ or an embedding is not finite.
    """
    told = list(languages) if languages is not None else ["fi"] * len(texts)
    _check(texts, embeddings, times=times, coded=coded, languages=told)
    every = missed(texts, told, coded)
    if callable(embeddings) and coded is not None:
        every += missed_clauses(texts, told, coded)
    pieces, general = speaking(every)
    firsts, same = _distinct(pieces)
    told_of: dict[str, Any] = {"n": len(texts), "missed": len(every), "distinct": len(firsts), "general": general}
    method = {
        "method": "spherical_kmeans",
        "seed": seed,
        "least_stability": stability.LEAST,
        "repeats": stability.REPEATS,
    }
    if len(firsts) < NEEDED:
        return Discovery("not_enough", needed_n=NEEDED, unplaced=len(pieces), themes=(), method=method, **told_of)
    vectors = _vectors(texts, told, embeddings, [pieces[place] for place in firsts])
    identity.check(vectors.shape[1], known or ())
    found = grouped(vectors, [pieces[place] for place in firsts], known or (), seed, most)
    if found is None:
        gone = tuple(one.id for one in known or ())
        return Discovery(
            "none", needed_n=None, unplaced=len(pieces), themes=(), faded=gone, method=method,
            warnings=("themes_not_stable",), **told_of,
        )  # fmt: skip
    tried, places = found
    themes, merged, faded = _themes(texts, told, times, pieces, same, vectors, tried, places, known or ())
    placed = sum(len(same[place]) for place in np.nonzero(np.isin(places, tried.kept))[0]) if themes else 0
    return Discovery(
        "found" if themes else "none",  # groups may hold together and yet have no words of their own to be named by
        needed_n=None,
        unplaced=len(pieces) - placed,
        themes=themes,
        merged=merged,
        faded=faded,
        method={**method, "groups": tried.count, "needed_stability": tried.needed, "consensus": tried.consensus},
        warnings=("themes_not_stable",) if len(tried.kept) < tried.count else (),
        **told_of,
    )


def _check(texts: Sequence[str], embeddings: Any, **others: Sequence[Any] | None) -> None:
    if not callable(embeddings):
        others["embeddings"] = embeddings
        if not np.isfinite(np.asarray(embeddings)).all():
            raise ParameterError(
                "An embedding is not finite.", hint="Embed the comments again.", parameter="embeddings", value=None
            )
    for name, given in others.items():
        if given is not None and len(given) != len(texts):
            raise ParameterError(
                f"There are {len(texts)} texts and {len(given)} {name}.",
                hint="Give one for each text.",
                parameter=name,
                value=len(given),
            )


def _distinct(pieces: Sequence[Piece]) -> tuple[list[int], list[list[int]]]:
    """(the first of each distinct text, all places of each): the same words from many are one point, or they would be a theme."""
    places: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        places.setdefault(re.sub(r"\W+", " ", piece.text.lower()).strip(), []).append(place)
    return [same[0] for same in places.values()], list(places.values())


def _vectors(texts: Sequence[str], languages: Sequence[str], embeddings: Any, pieces: Sequence[Piece]) -> Vectors:
    """The pieces' places in the centred space."""
    if callable(embeddings):
        every = np.asarray(embeddings([piece.text for piece in pieces]), dtype=np.float32)
        return space.centred(every, [piece.language for piece in pieces])
    every = space.centred(np.asarray(embeddings, dtype=np.float32), languages)
    return np.asarray(every[[piece.comment for piece in pieces]], dtype=np.float32)


def _themes(
    texts: Sequence[str],
    languages: Sequence[str],
    times: Sequence[date | None] | None,
    pieces: Sequence[Piece],
    same: list[list[int]],
    vectors: Vectors,
    tried: stability.Tried,
    places: NDArray[np.int64],
    known: Sequence[KnownTheme],
) -> tuple[tuple[DiscoveredTheme, ...], dict[str, str], tuple[str, ...]]:
    distinct = [pieces[one[0]] for one in same]
    phrases = Phrases([piece.text for piece in distinct], [piece.language for piece in distinct])
    groups = [np.nonzero(places == group)[0] for group in tried.kept]
    centroids = np.stack([space.unit(vectors[rows].mean(axis=0)[None])[0] for rows in groups])
    telling = [phrases.telling(rows.tolist()) for rows in groups]
    stems = [sorted({stem for phrase in told for stem in phrase.stems}) for told in telling]
    fates, merged, faded = identity.fates(centroids, stems, known)
    taken = {one.id for one in known}
    made = []
    for place, rows in enumerate(groups):
        order = rows[np.lexsort((rows, -np.round(vectors[rows] @ centroids[place], 6)))]
        comments = list(dict.fromkeys(pieces[one].comment for row in order for one in same[row]))
        fate = fates[place]
        quotes = represent(
            [distinct[row].text for row in order], vectors[order], languages=[distinct[row].language for row in order]
        )
        made.append(
            DiscoveredTheme(
                id=fate.id or _new_id(stems[place], distinct[order[0]].text, taken),
                phrases=telling[place],
                n=len(comments),
                share=len(comments) / len({piece.comment for piece in pieces}),
                stability=float(tried.stability[tried.kept[place]]),
                coherence=phrases.coherence(telling[place]),
                quotes=tuple(quote.text for quote in quotes),
                comments=tuple(comments),
                centroid=tuple(float(one) for one in centroids[place]),
                status="continuing" if fate.id else "split" if fate.split_from else "born",
                similarity=fate.similarity if fate.id else None,
                split_from=fate.split_from,
                months=_months(times, comments),
            )
        )
    into = {one: made[int(place)].id for one, place in merged.items()}
    named = [
        theme for theme in made if theme.phrases and len(theme.quotes) > 1
    ]  # one saying, however often, is no theme
    gone = [theme.id for theme in made if theme.status == "continuing" and theme not in named]
    return tuple(sorted(named, key=lambda theme: (-theme.n, theme.id))), into, (*faded, *gone)


def _new_id(stems: Sequence[str], text: str, taken: set[str]) -> str:
    """Of its words: twelve characters that no other theme has."""
    turn = 0
    while True:
        made = "t" + hashlib.sha256(f"{turn} {' '.join(stems)} {text}".encode()).hexdigest()[:11]
        if made not in taken:
            taken.add(made)
            return made
        turn += 1


def _months(times: Sequence[date | None] | None, comments: Sequence[int]) -> dict[str, int]:
    if times is None:
        return {}
    days = [times[place] for place in comments]
    return dict(sorted(Counter(label_of(day, "month") for day in days if day is not None).items()))
