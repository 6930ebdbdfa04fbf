"""Names of people, in any case: Virtaselle, Tiina-Maijalta, Liisa Mäen, "terveisin Xiaolu". See :mod:`kapula.text.personal.names`."""

from __future__ import annotations

from typing import Final

from kapula.text.personal.contract import Finder
from kapula.text.personal.names.finder import find

FINDER: Final = Finder("name", "letter", find)
