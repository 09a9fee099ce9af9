"""The history of an item at the shell: its versions, what changed, where each was used, and what may be pooled."""

import argparse
import json
from typing import Any

from training.cli import FINE
from training.cli.product import product
from training.core.genealogy import Change
from training.core.permission import Actor, Role
from training.core.stage import ItemEvent
from training.services import tracing_items
from training.services.tracing_items import History, Use, Version

EXAMPLES = """examples:
  python -m training history ci-absolute-refusal-01
  python -m training history ci-absolute-refusal-01 --json"""

OPERATOR = Actor("operator", "Operator at the shell", frozenset({Role.INSTRUCTOR}))
"""Whoever has the shell of the server may read what instructors may."""

SHORT = 12
"""Characters of a digest that are shown to people."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("item", metavar="ITEM", help="the item's id, also of one that is in no bank any more")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the history, oldest version first; refused where no such item is known."""
    with product() as app:
        told = tracing_items.history(app, OPERATOR, arguments.item)
    print(json.dumps(_as_json(told), ensure_ascii=False, indent=2) if arguments.json else _as_text(told))
    return FINE


def _as_json(told: History) -> dict[str, Any]:
    return {
        "item": told.item_id,
        "bank": told.bank.slug if told.bank else None,
        "status": told.item.status if told.item else None,
        "stage": told.standing.stage,
        "lapsed": told.standing.lapsed,
        "challenges": told.challenges,
        "versions": [_version(each) for each in told.versions],
        "events": [_event(told, each) for each in told.events],
        "unversioned": [_use(each) for each in told.unversioned],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "digest": version.digest,
        "kept_at": version.kept and version.kept.isoformat(),
        "first_served_at": version.served and version.served.isoformat(),
        "current": version.current,
        "signed_off": version.signed_off,
        "edited_outside": version.outside,
        "verdict": version.verdict,
        "confirmed_typographical": version.confirmed is not None,
        "pools_with": version.pool,
        "changes": [
            {"part": each.part, "where": each.where, "before": each.before, "after": each.after}
            for each in version.changes
        ],
        "uses": [_use(each) for each in version.uses],
    }


def _use(use: Use) -> dict[str, Any]:
    return {
        "programme": use.programme,
        "attempts": use.n,
        "first": use.first.isoformat(),
        "last": use.last.isoformat(),
        "mean_fraction": None if use.mean is None else round(use.mean, 4),
    }


def _event(told: History, event: ItemEvent) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(),
        "by": told.names.get(event.by, event.by),
        "step": event.step,
        "version": event.version,
        "text": event.text,
    }


def _as_text(told: History) -> str:
    place = f"{told.bank.file}, status {told.item.status}" if told.bank and told.item else "in no bank any more"
    lines = [f"{told.item_id}: {place}", f"review in the app: {_stage(told)}"]
    for version in told.versions:
        lines += ["", *_version_in_words(version)]
    if told.unversioned:
        lines += ["", "Before versions were kept", *map(_use_in_words, told.unversioned)]
    if told.events:
        lines += ["", "What was done"]
        lines += [
            f"  {each.at:%Y-%m-%d %H:%M}  {told.names.get(each.by, each.by)} {each.step}  {each.version[:SHORT]}"
            + (f": {each.text}" if each.text else "")
            for each in told.events
        ]
    return "\n".join(lines)


def _stage(told: History) -> str:
    if not told.events:
        return "none; its file decides"
    return f"{told.standing.stage}" + (", changed since its sign-off" if told.standing.lapsed else "")


def _version_in_words(version: Version) -> list[str]:
    marks = [
        "in the file now" if version.current else "",
        "signed off" if version.signed_off else "",
        "edited outside the app" if version.outside else "",
        f"served since {version.served:%Y-%m-%d}" if version.served else "never served",
    ]
    lines = [f"Version {version.number}  {version.digest[:SHORT]}  {', '.join(filter(None, marks))}"]
    if version.number > 1:
        lines.append(f"  {version.verdict}: {_pooling(version)}")
    for change in version.changes:
        lines += _change(change)
    return lines + [_use_in_words(each) for each in version.uses]


def _pooling(version: Version) -> str:
    said = "declared typographical and confirmed; " if version.confirmed else ""
    if version.pool == version.number:
        return f"{said}statistics begin anew"
    return f"{said}statistics may be pooled from version {version.pool} on"


def _change(change: Change) -> list[str]:
    label = change.part if change.part == change.where else f"{change.part}, {change.where}"
    return [f"  {label}", f"    - {change.before or '(nothing)'}", f"    + {change.after or '(nothing)'}"]


def _use_in_words(use: Use) -> str:
    mean = "too few for a mean" if use.mean is None else f"mean {100 * use.mean:.0f} %"
    when = f"{use.first:%Y-%m-%d} to {use.last:%Y-%m-%d}"
    return f"  {use.programme}: {use.n} attempt{'' if use.n == 1 else 's'}, {when}, {mean}"
