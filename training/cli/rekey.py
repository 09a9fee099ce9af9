"""Mark a question again for everyone who had it: propose, try dry, sign, apply, take back."""

import argparse
import json
from collections.abc import Callable

from training.cli import FINE
from training.cli.bars import bar
from training.cli.product import product
from training.cli.rekey_text import change_json, change_lines, forecast_json, forecast_lines
from training.core.key_notation import NOTATION, REMEDIES, key_written, remedy_said
from training.core.permission import Actor
from training.core.refusal import NotFound
from training.services import administering, regrading, rekeying
from training.services.app import App
from training.services.rekeying import Wish

EXAMPLES = """examples:
  python -m training rekey asked ci-stop                              its versions, and how their keys are written
  python -m training rekey propose ci-stop --key "a, c" --reason "…" --by ida@example.org --dry-run
  python -m training rekey propose ci-stop --leave-out --reason "…" --by ida@example.org
  python -m training rekey dry-run ID --by ida@example.org            who gains what; nothing is written
  python -m training rekey sign ID --by cy@example.org                someone else than who proposed it
  python -m training rekey apply ID --by cy@example.org               broken off, the same again goes on
  python -m training rekey reverse ID --reason "…" --by ida@example.org   to be signed and applied like any other

how a key is written, by the kind of question:
""" + "\n".join(f"  {text}" for text in NOTATION.values())

Action = Callable[[App, argparse.Namespace], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    asked = actions.add_parser("asked", help="list the versions of a question that learners got")
    asked.add_argument("item", metavar="ITEM", help="the question's id")
    _propose(actions.add_parser("propose", help="propose how answers are marked from now on"))
    listed = actions.add_parser("list", help="list all key changes")
    for name, text in (
        ("show", "show one with its steps and what is to be mended in the bank"),
        ("dry-run", "show what it would do to every score; writes nothing"),
        ("sign", "sign what someone else proposed"),
        ("apply", "mark every attempt concerned again"),
        ("reverse", "propose that it be taken back"),
    ):
        one = actions.add_parser(name, help=text)
        one.add_argument("change", metavar="ID", help="the key change's id")
        if name == "reverse":
            one.add_argument("--reason", required=True, help="why; every learner concerned reads it")
    for each in actions.choices.values():
        each.add_argument("--json", action="store_true", help="for programs")
        if each is not listed:
            each.add_argument("--by", metavar="EMAIL", required=True, help="whose account asks")
    listed.add_argument("--by", metavar="EMAIL", required=True, help="whose account asks")


def _propose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("item", metavar="ITEM", help="the question's id")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--key", help="another key, or several right answers")
    how.add_argument("--tolerance", help="how far off a number may be")
    how.add_argument("--credit", help="how partly right answers earn")
    how.add_argument("--full-credit", action="store_true", help="everyone earns all there is")
    how.add_argument("--leave-out", action="store_true", help="the question counts no more")
    parser.add_argument("--reason", required=True, help="what was wrong; every learner concerned reads it")
    parser.add_argument(
        "--question", metavar="DIGEST", action="append", default=[], help="only this version; repeat it"
    )
    parser.add_argument("--challenge", default="", metavar="ID", help="the upheld challenge that asks for it")
    parser.add_argument("--dry-run", action="store_true", help="show what it would do, and propose nothing")


def run(arguments: argparse.Namespace) -> int:
    """Do the action as the person named, who must have the right to it."""
    with product() as app:
        return ACTIONS[arguments.action](app, arguments)


def _actor(app: App, arguments: argparse.Namespace) -> Actor:
    account = administering.account_by_email(app, administering.OPERATOR, arguments.by)
    return Actor(account.id, account.name, frozenset(account.roles))


def _asked(app: App, arguments: argparse.Namespace) -> int:
    found = rekeying.asked(app, _actor(app, arguments), arguments.item)
    if arguments.json:
        rows = [
            {"digest": each.digest, "attempts": each.attempts, "stem": each.question.stem,
             "kind": each.question.key.kind, "key": key_written(each.question.key)}
            for each in found
        ]  # fmt: skip
        return _print({"item": arguments.item, "versions": rows})
    for each in found:
        print(f"{each.digest[:12]}  {each.attempts} attempts  key: {key_written(each.question.key)}")
        print(f"              {each.question.stem}")
    print(f"A key is written as {NOTATION[found[0].question.key.kind]}.")
    return FINE


def _proposed(app: App, arguments: argparse.Namespace) -> int:
    actor = _actor(app, arguments)
    versions = rekeying.asked(app, actor, arguments.item)
    chosen = tuple(_whole(each, [version.digest for version in versions]) for each in arguments.question)
    meant = next(each.question for each in versions if not chosen or each.digest in chosen)
    how = next(name for name in REMEDIES if getattr(arguments, name))
    text = getattr(arguments, how)
    remarking = remedy_said(meant, how, text if isinstance(text, str) else "")
    wish = Wish(arguments.item, remarking, arguments.reason, chosen, arguments.challenge)
    if arguments.dry_run:
        with bar("Marking") as told:
            found = regrading.forecast(app, actor, rekeying.drafted(app, actor, wish), told)
        return _print(forecast_json(found)) if arguments.json else _say(forecast_lines(found))
    change = rekeying.propose(app, actor, wish)
    if arguments.json:
        return _print({"id": change})
    return _say([f"Proposed as {change}. Next: a second person looks at the dry run and signs it."])


def _whole(digest: str, known: list[str]) -> str:
    found = [each for each in known if each.startswith(digest)]
    if len(found) != 1:
        raise NotFound(f"{'No version' if not found else 'More than one version'} begins with {digest}.")
    return found[0]


def _list(app: App, arguments: argparse.Namespace) -> int:
    found = rekeying.every(app, _actor(app, arguments))
    if arguments.json:
        return _print({"key_changes": [change_json(each) for each in found]})
    return _say([line for each in found for line in change_lines(each)] or ["No key change was proposed yet."])


def _show(app: App, arguments: argparse.Namespace) -> int:
    seen = rekeying.look(app, _actor(app, arguments), arguments.change)
    place = seen.in_bank
    if arguments.json:
        bank = {"file": place.file, "item": place.item_id, "to_mend": place.to_mend}
        return _print(change_json(seen.proposal) | {"in_bank": bank, "open_attempts": seen.still_open})
    mend = "still asks the question as it was: mend it" if place.to_mend else "does not ask the question as it was"
    where = f"{place.file}: {place.item_id} {mend}." if place.file else f"{place.item_id} stands in no bank any more."
    return _say([*change_lines(seen.proposal), where, f"Open attempts that ask it: {seen.still_open}."])


def _dry_run(app: App, arguments: argparse.Namespace) -> int:
    actor = _actor(app, arguments)
    change = rekeying.look(app, actor, arguments.change).proposal.change
    with bar("Marking") as told:
        found = regrading.forecast(app, actor, change, told)
    return _print(forecast_json(found)) if arguments.json else _say(forecast_lines(found))


def _sign(app: App, arguments: argparse.Namespace) -> int:
    rekeying.sign(app, _actor(app, arguments), arguments.change)
    return _print({"signed": arguments.change}) if arguments.json else _say(["Signed. It can be applied now."])


def _apply(app: App, arguments: argparse.Namespace) -> int:
    with bar("Marking") as told:
        number = regrading.apply(app, _actor(app, arguments), arguments.change, told)
    if arguments.json:
        return _print({"applied": arguments.change, "attempts": number})
    return _say([f"Marked {number} attempts again."])


def _reverse(app: App, arguments: argparse.Namespace) -> int:
    back = rekeying.take_back(app, _actor(app, arguments), arguments.change, arguments.reason)
    if arguments.json:
        return _print({"id": back})
    return _say([f"Proposed as {back}. A second person must sign it before it is applied."])


def _print(value: dict[str, object]) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return FINE


def _say(lines: list[str]) -> int:
    print("\n".join(lines))
    return FINE


ACTIONS: dict[str, Action] = {
    "asked": _asked, "propose": _proposed, "list": _list, "show": _show, "dry-run": _dry_run, "sign": _sign,
    "apply": _apply, "reverse": _reverse,
}  # fmt: skip
