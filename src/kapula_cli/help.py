"""Keeps docs/command-line.md true: ``python -m kapula_cli.help`` writes the real ``--help`` of every command into it.

Everything above the marker is written by people and is left alone; below it stands one section for each command. A test
compares.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from kapula_cli.main import build_parser, command_names, load

DOC = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
MARKER = "<!-- Below: written by python -m kapula_cli.help -->"


def document(written: str) -> str:
    """The page with every command's present help below the marker."""
    above = written.split(MARKER)[0].rstrip("\n")
    modules = [load(name) for name in command_names()]
    sections = [f"## The help of each command\n\n```text\n{_help(build_parser(modules))}```"]
    for name, module in zip(command_names(), modules, strict=True):
        (commands,) = [
            action for action in build_parser([module])._actions if isinstance(action, argparse._SubParsersAction)
        ]
        sections.append(f"### kapula {name}\n\n```text\n{_help(commands.choices[name])}```")
    return "\n\n".join([above, MARKER, *sections]) + "\n"


def _help(parser: argparse.ArgumentParser) -> str:
    """The help as in a terminal of 100 columns, whatever this one has."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"
    try:
        return parser.format_help()
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


if __name__ == "__main__":
    DOC.write_text(document(DOC.read_text(encoding="utf-8")), encoding="utf-8")
