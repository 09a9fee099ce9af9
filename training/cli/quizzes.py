"""Finding a quiz by its name."""

from training.content.live import LiveLibrary
from training.core.pool import Pool
from training.core.refusal import NotFound


def pool_of(content: LiveLibrary, programme: str) -> Pool:
    """Give what a quiz draws from. Raises NotFound, naming the quizzes there are."""
    known = content.current().programmes
    if programme not in known:
        raise NotFound(f"There is no quiz '{programme}'. The quizzes are: {', '.join(sorted(known)) or 'none yet'}.")
    return content.pool(programme)
