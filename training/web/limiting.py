"""A limit on how often one address may ask, kept in memory: enough to make guessing hopeless, never in anyone's way."""

from collections import deque
from collections.abc import Callable
from threading import Lock
from time import monotonic

MOST_ADDRESSES = 10_000


class Limit:
    """So many requests in so many seconds, for each address."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._asked: dict[str, deque[float]] = {}
        self._lock = Lock()

    def wait(self, address: str) -> float:
        """Count a request; give the seconds to wait, 0 where it may go on."""
        now = self._clock()
        with self._lock:
            if address not in self._asked and len(self._asked) >= MOST_ADDRESSES:
                self._forget(now)
            asked = self._asked.setdefault(address, deque())
            while asked and asked[0] <= now - self._seconds:
                asked.popleft()
            if len(asked) >= self._most:
                return asked[0] + self._seconds - now
            asked.append(now)
            return 0.0

    def _forget(self, now: float) -> None:
        old = [each for each, asked in self._asked.items() if not asked or asked[-1] <= now - self._seconds]
        for each in old or list(self._asked)[: MOST_ADDRESSES // 10]:
            del self._asked[each]
