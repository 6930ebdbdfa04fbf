"""`kapula demo`: everything set up with the example organisation, served on this machine."""

from __future__ import annotations

import argparse
import os
import sys

NAME = "demo"
HELP = "set up the example organisation and serve it on this machine"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--responses", type=int, default=60_000, help="how many answers the example has (60000)")
    parser.add_argument("--no-serve", action="store_true", help="only set it up")


def run(args: argparse.Namespace) -> int:
    # The example lives apart from an installation's own data, unless a folder or a database is named.
    if "DATABASE_URL" not in os.environ:
        os.environ.setdefault("KAPULA_DATA_DIR", os.path.join("data", "demo"))
    from kapula_cli.web import prepare, setup

    setup()
    prepare()
    from kapula_web.accounts.models import Organisation
    from kapula_web.demo.load import SLUG, load, password
    from kapula_web.demo.people import PEOPLE

    if not Organisation.objects.filter(slug=SLUG).exists():
        print("Kapula: loading the example organisation …", file=sys.stderr, flush=True)
    load(responses=args.responses)
    print(
        f"\n  Kapula is at   http://127.0.0.1:{args.port}/\n  Sign in with   {PEOPLE[0].email}\n  Password       {password()}\n"
    )
    print("  Other roles, same password:", ", ".join(f"{p.email} ({p.role})" for p in PEOPLE[1:]))
    print("  Stop with Ctrl-C.\n", flush=True)
    if args.no_serve:
        return 0
    from kapula_cli.commands.serve import serve

    return serve("127.0.0.1", args.port)
