"""People from the shell: add, list, give or take roles, hand out a reset link, disable, enable."""

import argparse
import json
from typing import Any

from training.cli import FINE
from training.cli.asking import password
from training.cli.product import product
from training.core.permission import Role
from training.services import administering as admin
from training.services.administering import Account
from training.services.app import App

EXAMPLES = """examples:
  python -m training user add ada@example.org --name "Ada" --role administrator
  python -m training user add bo@example.org --name "Bo" < password-file
  python -m training user role ida@example.org instructor
  python -m training user reset bo@example.org
  python -m training user list --json

Passwords are typed without echo, or read from the first line of standard input; they are never arguments."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = _on_email(actions.add_parser("add", help="make an account"))
    add.add_argument("--name", required=True, help="the name that others see")
    add.add_argument("--role", choices=[*Role], default=Role.LEARNER, help="learner unless you say otherwise")
    add.add_argument("--link", action="store_true", help="ask for no password: print a link to choose one")
    listed = actions.add_parser("list", help="list everyone")
    listed.add_argument("--role", choices=[*Role], help="only those who hold it")
    listed.add_argument("--json", action="store_true", help="for programs")
    role = _on_email(actions.add_parser("role", help="give a role, or take it away"))
    role.add_argument("role", choices=[*Role], metavar="ROLE", help=", ".join(Role))
    role.add_argument("--remove", action="store_true", help="take the role away")
    reset = _on_email(actions.add_parser("reset", help="print a one-time link to choose a new password"))
    reset.add_argument("--password", action="store_true", help="set a password now instead (asked for, or from input)")
    _on_email(actions.add_parser("disable", help="shut an account and end its sessions"))
    _on_email(actions.add_parser("enable", help="open a shut account again"))


def _on_email(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("email", metavar="EMAIL", help="the account's e-mail address")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Do the action as the operator of this machine."""
    with product() as app:
        return ACTIONS[arguments.action](app, arguments)


def _add(app: App, arguments: argparse.Namespace) -> int:
    secret = None if arguments.link else password(twice=True)
    role = Role(arguments.role)
    person = admin.add_person(
        app, admin.OPERATOR, name=arguments.name, email=arguments.email, role=role, password=secret
    )
    print(f"Added {arguments.email} as {role}.")
    if arguments.link:
        _print_link(app, person)
    return FINE


def _list(app: App, arguments: argparse.Namespace) -> int:
    everyone = admin.accounts(app, admin.OPERATOR)
    wanted = [each for each in everyone if arguments.role is None or arguments.role in each.roles]
    print(json.dumps({"people": [_as_json(each) for each in wanted]}, indent=2) if arguments.json else _table(wanted))
    return FINE


def _as_json(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "roles": list(account.roles),
        "signs_in": account.signs_in,
        "created_at": account.created_at.isoformat(),
        "disabled_at": account.disabled_at and account.disabled_at.isoformat(),
        "simulated": account.simulated,
    }


def _table(accounts: list[Account]) -> str:
    rows = [(each.email, each.name, ", ".join(each.roles), "disabled" if each.disabled_at else "") for each in accounts]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = ["  ".join([*map(str.ljust, row, widths), row[3]]).rstrip() for row in rows]
    return "\n".join(lines) or "Nobody yet. Add someone: python -m training user add EMAIL --name NAME"


def _role(app: App, arguments: argparse.Namespace) -> int:
    role = Role(arguments.role)
    change = admin.withdraw if arguments.remove else admin.grant
    change(app, admin.OPERATOR, _id_of(app, arguments.email), role)
    print(f"{arguments.email} is {'no longer' if arguments.remove else 'now'} {role}.")
    return FINE


def _reset(app: App, arguments: argparse.Namespace) -> int:
    person = _id_of(app, arguments.email)
    if not arguments.password:
        _print_link(app, person)
        return FINE
    admin.set_password(app, admin.OPERATOR, person, password("New password: ", twice=True))
    print(f"{arguments.email} has a new password and is signed out everywhere.")
    return FINE


def _disable(app: App, arguments: argparse.Namespace) -> int:
    admin.disable(app, admin.OPERATOR, _id_of(app, arguments.email))
    print(f"{arguments.email} is disabled and signed out everywhere; what was done stays.")
    return FINE


def _enable(app: App, arguments: argparse.Namespace) -> int:
    admin.enable(app, admin.OPERATOR, _id_of(app, arguments.email))
    print(f"{arguments.email} can sign in again.")
    return FINE


def _id_of(app: App, email: str) -> str:
    return admin.account_by_email(app, admin.OPERATOR, email).id


def _print_link(app: App, person: str) -> None:
    print("One-time link to choose a password, good for a day; hand it over safely:")
    print(admin.make_reset_link(app, admin.OPERATOR, person))


ACTIONS = {"add": _add, "list": _list, "role": _role, "reset": _reset, "disable": _disable, "enable": _enable}
