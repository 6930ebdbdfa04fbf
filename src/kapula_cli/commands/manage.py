"""`kapula manage …`: Django's own management commands, for those who know them."""

from __future__ import annotations

import argparse

NAME = "manage"
HELP = "run a Django management command (migrate, shell, check …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import setup

    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kapula manage", *args.arguments])
    return 0
