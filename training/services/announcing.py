"""What a coordinator is told where she starts: results that key changes made others, certificates in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from training.core.permission import Action, Actor, permit
from training.services.app import App
from training.store import key_news
from training.store.key_news import Moved

__all__ = ["KeyNews", "Moved", "key_news_for"]

TOLD_FOR = timedelta(days=60)
"""As long as learners are told; under Key changes all of it stands for ever."""


@dataclass(frozen=True, slots=True)
class KeyNews:
    """The key changes that made results others lately, and the numbers of certificates that somebody must look at."""

    changes: Sequence[Moved]
    certificates: Sequence[str]


def key_news_for(app: App, actor: Actor) -> KeyNews:
    """Tell a coordinator what key changes did lately, and the certificates that nobody has looked at since."""
    permit(actor, Action.SEE_SCORES)
    since = app.now() - TOLD_FOR
    return app.database.read(
        lambda tx: KeyNews(key_news.moved_since(tx, since), key_news.certificates_in_doubt(tx, since))
    )
