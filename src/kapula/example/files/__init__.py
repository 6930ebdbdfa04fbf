"""The example world as the messy files in which Finnish companies have such data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kapula.example.files.sheets import write_relationship_workbook, write_webropol_workbook
from kapula.example.files.texts import write_accounts, write_chat, write_contacts, write_queue
from kapula.example.world import World

FILES: Final[dict[str, Callable[[Path, World], None]]] = {
    "kohtaamiskysely.csv": write_contacts,
    "chat_palaute.txt": write_chat,
    "asiakassuhdekysely.xlsx": write_relationship_workbook,
    "muuttokysely_webropol.xlsx": write_webropol_workbook,
    "jonotusajat.csv": write_queue,
    "yritysasiakkaat.csv": write_accounts,
}
"""File name → its writer. See docs/example.md for what is odd in each."""


def write_files(folder: Path, world: World) -> list[Path]:
    """Write every file into ``folder`` (made if missing) and return their paths. The same world gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in FILES.items():
        write(folder / name, world)
    return [folder / name for name in FILES]
