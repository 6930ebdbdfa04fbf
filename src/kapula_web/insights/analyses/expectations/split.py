"""What the change consists of: its total in words, and its parts as a table."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.expectations import sentences
from kapula_web.insights.analyses.expectations.sayings import Found
from kapula_web.kit import figures


def split_table(found: Found) -> Table:
    parts = [
        (gettext("Sama tekeminen, eri arvosana"), found["drift_per_year"], found["low"], found["high"]),
        (gettext("Tekeminen muuttui"), *(found[f"performance_per_year{end}"] for end in ("", "_low", "_high"))),
        *(
            [(gettext("Vastaajien joukko muuttui"), *(found[f"mix_per_year{end}"] for end in ("", "_low", "_high")))]
            if found["method"]["mix"]
            else []
        ),
        (gettext("Yhteensä"), *(found[f"total_per_year{end}"] for end in ("", "_low", "_high"))),
    ]
    head = [(gettext("Osa"), ""), (gettext("Vuodessa"), "r"), (gettext("Väli"), "r")]
    rows = [(label, words.signed(value, 2), figures.interval(low, high, "scale")) for label, value, low, high in parts]
    return Table(gettext("Muutos vuodessa"), head, rows, [(label, value, low) for label, value, low, _high in parts])


def total(found: Found, name: str) -> str:
    return gettext("%(name)s muuttui kaikkiaan %(total)s vuodessa (%(range)s).") % {
        "name": words.quoted(name),
        "total": words.signed(found["total_per_year"], 2),
        "range": sentences.between(found, "total"),
    }
