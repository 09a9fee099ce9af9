"""What is wrong with a programme's rules before anyone sits it: clusters too thin, ratings of what is not there."""

from collections.abc import Iterator
from math import floor

from training.content.finding import Finding
from training.content.wording import did_you_mean
from training.core.blueprint import Programme
from training.core.library import Library
from training.core.problem import Severity
from training.core.rules import ClusterRule
from training.core.version import version_of


def rule_findings(file: str, programme: Programme) -> Iterator[Finding]:
    """Find clusters that the quotas do not fill for sure, and those that one slip would fail."""
    yield from certificate_findings(file, programme)
    if programme.rules is None:
        return
    for place, cluster in enumerate(programme.rules.full.clusters):
        # A preset's clusters stand nowhere in the file, so what is wrong with them is said at the preset.
        path = ("rules", "clusters", place) if programme.rules.clusters else ("rules", "preset")
        sure = _sure(programme, cluster)
        if sure < cluster.at_least:
            hint = "ask for more in quotas that name its objectives, domains or safety, or judge it on fewer"
            words = f"the cluster '{cluster.name}' needs {cluster.at_least} questions; the quotas are sure of {sure}"
            yield Finding(file, path, "B135", words, hint)
        elif _forgiven(cluster, sure) < 1:
            words = f"one slip in {sure} fails the cluster '{cluster.name}'"
            hint = "ask for more questions of it, lower its cut, or write 'misses: 1'"
            yield Finding(file, path, "B136", words, hint, Severity.ADVICE)


def certificate_findings(file: str, programme: Programme) -> Iterator[Finding]:
    """Find a certificate that nothing decides, and one that still bears the names of an example."""
    if programme.certificate and programme.rules is None and programme.policy.pass_percent is None:
        words = "a certificate needs rules or a pass mark: nothing decides who earns it"
        yield Finding(file, ("certificate",), "B138", words, "write 'rules', or 'pass_percent' in the policy")
    if programme.certificate and programme.certificate.example_name:
        words = f"the certificate bears the name of an example: '{programme.certificate.example_name}'"
        hint = "write your provider and who signs; until then no certificate is issued, except to simulated learners"
        yield Finding(file, ("certificate",), "B139", words, hint, Severity.ADVICE)


def standard_findings(file: str, programme: Programme, library: Library) -> Iterator[Finding]:
    """Find a panel's ratings that are of no item of its banks, and those of another version than is there now."""
    if programme.standard is None:
        return
    items = {item.id: item for slug in programme.banks for item in library.banks[slug].items}
    for item_id in programme.standard.ratings:
        path = ("standard", "ratings", item_id)
        rated = programme.standard.versions.get(item_id, "")
        if item_id not in items:
            words = f"the panel rated '{item_id}', which is in none of the banks"
            yield Finding(file, path, "B143", words, did_you_mean(item_id, items), Severity.WARNING)
        elif not version_of(items[item_id]).startswith(rated):
            words = f"'{item_id}' is another version than the panel rated"
            hint = "have it rated again; after a typographical change, write its new version under 'versions'"
            yield Finding(file, path, "B144", words, hint, Severity.WARNING)


def _sure(programme: Programme, cluster: ClusterRule) -> int:
    sections = programme.blueprint.sections
    return sum(quota.count for section in sections for quota in section.quotas if quota.surely(cluster))


def _forgiven(cluster: ClusterRule, questions: int) -> int:
    if cluster.misses is not None:
        return cluster.misses
    return floor(questions * (1 - (cluster.cut or 0) / 100) + 1e-9)
