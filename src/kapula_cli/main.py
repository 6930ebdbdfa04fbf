"""The entry point: finds the command, runs it and turns errors into messages and exit codes."""

from __future__ import annotations

import argparse
import importlib
import keyword
import os
import pkgutil
import sys
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import NoReturn

import kapula_cli.commands
from kapula_cli import output

DESCRIPTION = "Leads customer experience from vision to proof. Figures come with their n and interval."
INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """Usage errors go out the same way as all others (see :mod:`kapula_cli.output`)."""

    def error(self, message: str) -> NoReturn:
        output.fail("usage", f"{message[:1].upper()}{message[1:]}.", hint=f"See {self.prog} --help.")
        raise SystemExit(output.USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see :mod:`kapula_cli.output` for what the codes mean)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    modules = _needed(arguments)
    output.as_json(_wants_json(arguments, modules))
    args = build_parser(modules).parse_args(arguments)
    from kapula.errors import KapulaError

    try:
        code = _run(args.run, args)
        sys.stdout.flush()
        return code
    except KapulaError as error:
        output.fail(error.code, error.message, hint=error.hint, context=error.context)
        return output.USAGE
    except KeyboardInterrupt:
        output.note("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(command: Callable[[argparse.Namespace], int], args: argparse.Namespace) -> int:
    return command(args)


def build_parser(modules: Iterable[ModuleType]) -> Parser:
    """The parser with one subcommand for each module."""
    parser = Parser(prog="kapula", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"kapula {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for module in modules:
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        if getattr(module, "JSON", False):
            command.add_argument("--json", action="store_true", help="only JSON to standard output")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def command_names() -> tuple[str, ...]:
    """Every command there is, in alphabetical order."""
    found = pkgutil.iter_modules(kapula_cli.commands.__path__)
    return tuple(sorted(m.name.rstrip("_").replace("_", "-") for m in found if not m.name.startswith("_")))


def load(name: str) -> ModuleType:
    module = f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")
    return importlib.import_module(f"kapula_cli.commands.{module}")


def _needed(arguments: Sequence[str]) -> list[ModuleType]:
    """Only the asked command, or all of them for help and for mistakes."""
    names = command_names()
    if arguments and arguments[0] in names:
        return [load(arguments[0])]
    return [load(name) for name in names]


def _wants_json(arguments: Sequence[str], modules: Sequence[ModuleType]) -> bool:
    """Known before parsing, so that a usage error too is told as JSON."""
    plain = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in plain and any(getattr(module, "JSON", False) for module in modules)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kapula")
    except PackageNotFoundError:
        return "unknown"
