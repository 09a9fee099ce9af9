"""Whether the banks hold enough for what programmes ask: forms that differ, objectives that are asked at all."""

from collections import Counter
from collections.abc import Iterator

from training.content.rules.registry import Advice, Scope, Setting, rule
from training.core.blueprint import Programme
from training.core.pool import may_ask
from training.core.problem import Severity

TIMES = 3
"""How often over a quota should be filled, so that the third try is still new."""


@rule("B321", Scope.PROGRAMME, Severity.ADVICE)
def thin_quota(programme: Programme, setting: Setting) -> Iterator[Advice]:
    """A quota that the banks cannot fill three times over.

    A second try then repeats items that the learner has met. Write more items of that kind, or ask for fewer.
    """
    banks = [setting.library.banks[slug] for slug in programme.banks if slug in setting.library.banks]
    items = [item for bank in banks for item in bank.items if may_ask(programme, item)]
    for number, section in enumerate(programme.blueprint.sections):
        for place, quota in enumerate(section.quotas):
            have = sum(1 for item in items if quota.takes(item))
            if quota.count <= have < TIMES * quota.count:
                path = ("blueprint", "sections", number, "quotas", place)
                words = f"{quota.name}: asks for {quota.count}, the banks have {have}"
                yield Advice(path, words, f"{TIMES * quota.count} let three tries differ")


@rule("B322", Scope.PROGRAMME, Severity.ADVICE)
def unasked_objective(programme: Programme, setting: Setting) -> Iterator[Advice]:
    """An objective that the quotas of an exam can meet, and no item asks.

    The certificate says that the domain was tested; an objective without an item never is. Only objectives that
    can harm a patient (critical, sentinel) are named.
    """
    if programme.policy.mode != "exam":
        return
    banks = [setting.library.banks[slug] for slug in programme.banks if slug in setting.library.banks]
    asked = Counter(item.objective for bank in banks for item in bank.items if item.scorable)
    quotas = [quota for section in programme.blueprint.sections for quota in section.quotas]
    domains = {quota.domain or (quota.objective or "").partition(".")[0] for quota in quotas} - {""}
    missing = [
        each.id
        for each in setting.objectives.values()
        if each.id.partition(".")[0] in domains and each.safety != "none" and not asked[each.id]
    ]
    if missing:
        words = f"no item asks objective {', '.join(missing)}"
        yield Advice(("blueprint",), words, "write one, or leave the domain out")
