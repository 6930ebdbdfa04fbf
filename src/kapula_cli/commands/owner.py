"""`kapula owner`: the first person of an installation, or a new organisation's owner."""

from __future__ import annotations

import argparse
import getpass
import sys

NAME = "owner"
HELP = "create an organisation and its owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the owner's e-mail address")
    parser.add_argument("--organisation", required=True, help="the organisation's name")
    parser.add_argument("--language", choices=["fi", "sv", "en"], default="fi", help="the organisation's language (fi)")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(args: argparse.Namespace) -> int:
    from kapula_cli.web import prepare, setup

    setup()
    prepare()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from kapula_web.accounts.models import User
    from kapula_web.accounts.services.organisations import create_organisation

    email = args.email.strip().lower()
    try:
        validate_email(email)
        user = User.objects.filter(email=email).first()
        if user is None:
            password = _password(args.password_stdin)
            validate_password(password, User(email=email))
            user = User.objects.create_user(email, password, language=args.language)
    except ValidationError as error:
        print(f"kapula owner: {' '.join(error.messages)}", file=sys.stderr)
        return 2
    organisation = create_organisation(founder=user, name=args.organisation, language=args.language)
    print(f"{user.email} owns {organisation.name}: /o/{organisation.slug}/", file=sys.stderr)
    return 0


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass("Password: ")
