"""`kapula erase`: remove a person from the ledger, and print the receipt."""

from __future__ import annotations

import argparse

from kapula_cli import output

NAME = "erase"
HELP = "erase a customer from the ledger and every copy of it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("customer", help="the code data knows the customer by")
    parser.add_argument("--organisation", required=True, help="the organisation's address, as in /o/<organisation>/")
    parser.add_argument("--json", action="store_true", help="print the receipt as JSON")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import setup

    setup()
    from kapula.errors import ParameterError
    from kapula_web.accounts.models import Organisation
    from kapula_web.ledger.erasure import erase_customer

    organisation = Organisation.objects.filter(slug=args.organisation).first()
    if organisation is None:
        raise ParameterError(
            f"There is no organisation {args.organisation!r}.", hint="It stands in the address, after /o/.",
            parameter="organisation", value=args.organisation,
        )  # fmt: skip
    receipt = erase_customer(organisation=organisation, customer=args.customer, actor=None)
    counts = "\n".join(f"{table}: {count}" for table, count in receipt.removed.items())
    touched = (
        f"figures touched: {receipt.first_day} … {receipt.last_day}; {', '.join(receipt.questions) or 'no answers'}"
    )
    output.answer(receipt.to_dict(), f"{counts}\n{touched}")
    return 0
