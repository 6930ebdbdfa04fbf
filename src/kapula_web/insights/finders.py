"""The browser's chart program as a static file. It is not kept in the repository: vl-convert carries it, and writes it out once for
each of its versions into the data folder, where `collectstatic` and WhiteNoise find it like any other file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME: Final = "insights/vega.js"
# The bundle gives vegaEmbed to this page script only; `ast` makes Vega interpret expressions instead of building functions from text.
SNIPPET: Final = "window.kapulaEmbed = (element, spec, options) => vegaEmbed(element, spec, {ast: true, ...options});"


class ChartProgramFinder(BaseFinder):
    """Finds insights/vega.js, and makes it when it is not there."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        made = str(make() / NAME)
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        yield NAME, FileSystemStorage(location=make())

    def check(self, **kwargs: Any) -> Any:
        return []


def make() -> Path:
    """The folder that holds the program. Two processes may write at once: the file appears whole or not at all."""
    from importlib.metadata import version

    folder = Path(settings.DATA_DIR) / "charts" / version("vl-convert-python")
    file = folder / NAME
    if not file.exists():
        import vl_convert

        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(vl_convert.javascript_bundle(SNIPPET), encoding="utf-8")
        part.replace(file)
    return folder
