"""What benchmarks of the product share: a product of their own, in the benchmark's folder."""

from __future__ import annotations

import os
from pathlib import Path


def set_up(folder: Path) -> None:
    """Make Django ready on a database below ``folder``. Once in the life of a process, before anything of the web
    layer."""
    from kapula_cli.web import prepare, setup

    folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ["KAPULA_DATA_DIR"] = str(folder)
    setup()
    prepare()


class Silent:
    """Progress that nobody looks at."""

    def report(self, done: int, total: int) -> None:
        """Nothing to tell."""
