"""``kapula measures``: the measures there are."""

from __future__ import annotations

import argparse

from kapula_cli import output, text

NAME = "measures"
HELP = "list the measures with their scale, unit and columns"
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(args: argparse.Namespace) -> int:
    from kapula.measures import registry

    found = [registry.get(name) for name in registry.names()]
    called = {
        measure.name: [name for name, own in registry.aliases().items() if own == measure.name] for measure in found
    }
    data = {
        "measures": [
            {
                "name": measure.name,
                "aliases": called[measure.name],
                "family": measure.family,
                "unit": measure.unit,
                "scale": measure.scale.to_dict() if measure.scale else None,
                "higher_is_better": measure.higher_is_better,
                "columns": list(measure.columns),
                "options": dict(measure.options),
                "source": measure.source,
            }
            for measure in found
        ]
    }
    rows = [
        (
            m.name,
            ", ".join(called[m.name]),
            _scale(m.scale),
            m.unit,
            ", ".join(m.columns),
            "higher" if m.higher_is_better else "lower",
        )
        for m in found
    ]
    output.answer(data, text.table(("measure", "or", "scale", "unit", "columns", "better"), rows, left=6))
    return output.OK


def _scale(scale: object) -> str:
    low, high = getattr(scale, "low", None), getattr(scale, "high", None)
    if low is None and high is None:
        return "any"
    return f"{'' if low is None else f'{low:g}'}…{'' if high is None else f'{high:g}'}"
