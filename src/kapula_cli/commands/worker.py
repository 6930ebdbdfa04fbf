"""`kapula worker`: carries out background work. `kapula serve` starts one beside the pages."""

from __future__ import annotations

import argparse

NAME = "worker"
HELP = "carry out background work (serve starts one by itself)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at the queue (0.5)")
    parser.add_argument("--only", action="store_true", help="the only worker: take up at once what a killed one left")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import setup

    setup()
    from django.core.management import call_command

    from kapula_web.jobs import services

    services.recover(everything=args.only)
    services.keep_schedules()
    call_command("db_worker", interval=args.interval, startup_delay=False, verbosity=0)
    return 0
