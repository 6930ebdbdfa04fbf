"""`kapula serve`: the pages and the background worker, until stopped."""

from __future__ import annotations

import argparse
import os
from typing import Final

STACK: Final = {"RUST_MIN_STACK": str(16 << 20)}
"""Threads of the web server, which are not Python's, have 2 MB for the calls under way; a product of matrices wanted more, and the
process died."""
NAME = "serve"
HELP = "serve the product (pages and background work)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument(
        "--workers", type=int, default=None, help="web processes (1 on SQLite, one a core on PostgreSQL)"
    )
    parser.add_argument("--no-worker", action="store_true", help="no background worker; run `kapula worker` elsewhere")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import prepare, setup

    setup()
    prepare()
    return serve(args.host, args.port, workers=args.workers, with_worker=not args.no_worker)


def serve(host: str, port: int, *, workers: int | None = None, with_worker: bool = True) -> int:
    """Run the web server and the worker as children; when asked to stop, stop both and wait for them."""
    from django.db import connection, connections

    from kapula_cli.supervisor import Supervisor, command

    on_sqlite = connection.vendor == "sqlite"
    connections.close_all()
    os.environ.update({name: value for name, value in STACK.items() if name not in os.environ})
    # SQLite has one writer: a second process only adds waiting (measured: p99 27 → 130 ms). See docs/decisions/0004.
    count = workers or (1 if on_sqlite else os.cpu_count() or 1)
    web = [
        "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(count),
        "--blocking-threads", "1" if on_sqlite else "4", "--no-ws", "--workers-kill-timeout", "10",
        "--log-level", "warning", "kapula_web.wsgi:application",
    ]  # fmt: skip
    children = {"web": command(web)}
    if with_worker:
        children["worker"] = command(["-m", "kapula_cli", "worker", *(["--only"] if on_sqlite else [])])
    return Supervisor(children).run()
