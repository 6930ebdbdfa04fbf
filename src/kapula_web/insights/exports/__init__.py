"""What is seen, in other forms. Each form is registered here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse

from kapula_web.insights.exports.csv_file import csv_response
from kapula_web.insights.exports.pictures import bars_png, bars_svg, trend_json, trend_png, trend_svg
from kapula_web.insights.exports.xlsx_file import xlsx_response
from kapula_web.insights.figures.reading import Reading

Export = Callable[[Reading], HttpResponse]

TABLES: Final[dict[str, Export]] = {"csv": csv_response, "xlsx": xlsx_response}
PICTURES: Final[dict[tuple[str, str], Export]] = {
    ("trend", "svg"): trend_svg,
    ("trend", "png"): trend_png,
    ("trend", "json"): trend_json,
    ("groups", "svg"): bars_svg,
    ("groups", "png"): bars_png,
}
