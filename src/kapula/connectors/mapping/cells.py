"""Cells of text as SQL expressions: blanks, numbers, labels. The one truth that peeking and reading share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BLANKS: Final = (
    "-", "–", "—", ".", "?", "n/a", "#n/a", "na", "nan", "null", "none", "#null!", "#arvo!", "#value!", "blank", "(blank)", "(tyhjä)",
    "ei vastausta", "ei vastannut", "ei vastattu", "eos", "en osaa sanoa", "en osaa vastata", "ei kokemusta",
    "inget svar", "vet ej", "vet inte", "kan inte säga", "ej svar",
    "no answer", "did not answer", "not answered", "don't know", "not applicable",
)  # fmt: skip
"""Texts that say "no answer". A plan declares them in ``options["blank"]``; a person may take any of them away."""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Sequence[str]) -> str:
    return ", ".join(literal(text) for text in texts)


def is_blank(x: str, blanks: Sequence[str]) -> str:
    """``x`` (a trimmed cell) says "no answer". Only short cells are compared, which keeps long comments cheap."""
    if not blanks:
        return f"({x} IS NULL)"
    longest = max(map(len, blanks))
    return f"({x} IS NULL OR (length({x}) <= {longest} AND lower({x}) IN ({literals([b.lower() for b in blanks])})))"


def number(x: str, decimal: str) -> str:
    """``x`` (a trimmed cell) as a double, null when it is none. ``decimal``: "," or ".".

    Taken: thousands by space or by the other mark, a percent or euro sign, the long minus, a power of ten (1.5e-05). "1.234" under a
    decimal comma is 1234, "4.5" is 4.5: the declared mark decides only what is ambiguous.
    """
    other = "." if decimal == "," else ","
    # A point is a thousands mark under a decimal comma, so only whole numbers are cast directly there.
    simple = "-?[0-9]+" if decimal == "," else "-?[0-9]+([.][0-9]*)?"
    direct = f"regexp_full_match({x}, '{simple}')"
    return f"CASE WHEN {direct} THEN try_cast({x} AS DOUBLE) ELSE {_dressed(x, decimal, other)} END"


def _dressed(x: str, decimal: str, other: str) -> str:
    bare = (
        f"regexp_replace(replace({x}, chr(8722), '-'), '[\\s\\x{{00a0}}\\x{{202f}}\\x{{2009}}\\x{{2007}}%€]', '', 'g')"
    )
    o, d = f"[{other}]", f"[{decimal}]"
    grouped = f"regexp_full_match({bare}, '[-+]?\\d{{1,3}}({o}\\d{{3}})+({d}\\d+)?')"
    # The power of ten as machines write it, always with its sign: 1E5 may be a stair or a product.
    plain = f"regexp_full_match({bare}, '[-+]?(\\d+([.,]\\d*)?|[.,]\\d+)([eE][-+]\\d{{1,3}})?')"
    ungrouped = f"replace({bare}, {literal(other)}, '')"
    return (
        f"CASE WHEN length({x}) > 40 THEN NULL "
        f"WHEN {grouped} THEN try_cast(replace({ungrouped}, ',', '.') AS DOUBLE) "
        f"WHEN {plain} THEN try_cast(replace({bare}, ',', '.') AS DOUBLE) END"
    )
