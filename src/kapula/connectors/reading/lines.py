"""Where in the file a row stands, for the person who has to mend it."""

from __future__ import annotations

import re
from pathlib import Path

from kapula.connectors.reading.quotes import breaks

_BREAK = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The text's lines. Only what ends a line of a CSV file ends one here: a comment may hold Unicode's other line separators."""
    return _BREAK.split(text)


class Lines:
    """Finds rows in the order they are read. Each asks for a look at the file from the row before, so only the first are looked for."""

    MOST = 20

    def __init__(self, path: Path, start: int) -> None:
        """``start``: the byte at which the first row begins."""
        self._path = path
        self._start = start
        self._line = 0
        self._asked = 0

    def find(self, text: str) -> int | None:
        """The line (1 = the file's first) that begins the row of this text; None when it is not found or not looked for."""
        if self._asked >= self.MOST:
            return None
        self._asked += 1
        wanted = lines_of(text)[0].encode()
        with open(self._path, "rb") as file:
            line = self._line or breaks(file.read(self._start)) + 1
            file.seek(self._start)
            while raw := file.readline():
                held = raw.splitlines()  # several where lines end in a bare carriage return
                if wanted in held:
                    self._start, self._line = file.tell(), line + len(held)
                    return line + held.index(wanted)
                line += len(held)
        return None
