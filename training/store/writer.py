"""The one way to write to SQLite: writes that wait together are made durable together."""

from collections import deque
from collections.abc import Callable
from threading import Lock, get_ident
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction

T = TypeVar("T")

MOST_TOGETHER = 64
"""Writes in one transaction: enough to share a disk flush among, few enough that none waits long for the others."""

NOBODY, CALLED = 0, -1
"""Who leads where it is no thread yet: nobody, or the one who was just called, before whom nobody else may begin."""


class TransactionLost(RuntimeError):
    """The shared transaction ended before its time: the disk is full, or a work committed or rolled back by itself."""


class _Write(Generic[T]):
    """One work, and the place where its caller waits: until it is durable, or until it is its turn to lead."""

    __slots__ = ("_called", "done", "error", "result", "work")

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.done = False
        self._called = Lock()
        self._called.acquire()

    def wait(self) -> None:
        """Wait until called."""
        self._called.acquire()

    def call(self) -> None:
        """Let the caller go on: to her result where it is done, else to lead."""
        self._called.release()

    def outcome(self) -> T:
        """Give what the work gave, or raise what it raised."""
        if self.error is not None:
            try:
                raise self.error
            finally:
                self.error = None  # or the error and this frame would keep each other alive
        result: T = self.result
        return result


class GroupWriter:
    """Runs works one after the other, each under its own savepoint, and commits those that wait in one flush.

    No thread stands by for it: whoever finds nobody writing leads, and commits for all who queued meanwhile; then the
    next in the queue leads. So a write that meets no other is done where it was asked for, without waking anyone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._queue: deque[_Write[Any]] = deque()
        self._gate = Lock()  # held only for moments: over the queue, the leader and `closed`
        self._leader = NOBODY  # or the thread that writes now
        self._closed = False

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work and return only when what it wrote is on disk; what it raises reaches the caller alone."""
        write = _Write(work)
        self._finish(write)
        return write.outcome()

    def close(self) -> None:
        """Finish what waits, then stop; later writes are refused."""
        with self._gate:
            inside_a_work = self._leader == get_ident()
            if self._closed or inside_a_work:
                self._closed = True
                return
        self._finish(_Write(lambda _: None), last=True)

    def _finish(self, write: _Write[Any], *, last: bool = False) -> None:
        """See a write through: wait for whoever leads, or lead."""
        if not self._may_lead(write, last=last):
            try:
                write.wait()
            except BaseException:  # Ctrl-C: the others must not wait for a leader who left
                write.wait()
                if not write.done:
                    self._lead()
                raise
        if not write.done:
            self._lead()

    def _may_lead(self, write: _Write[Any], *, last: bool) -> bool:
        """Queue a write; true where nobody is writing, so that its caller must."""
        with self._gate:
            if self._closed:
                raise RuntimeError("this database was closed")
            self._closed = last
            self._queue.append(write)
            if self._leader:
                return False
            self._leader = get_ident()
            return True

    def _lead(self) -> None:
        """Write the head of the queue, where the leader's own write stands first, and pass the lead on."""
        with self._gate:
            self._leader = get_ident()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), MOST_TOGETHER))]
        try:
            self._commit(batch)
        finally:
            self._pass_on()
            for write in batch[1:]:
                write.call()

    def _pass_on(self) -> None:
        with self._gate:
            following = self._queue[0] if self._queue else None
            self._leader = CALLED if following else NOBODY
            if self._closed and not following:
                self._put_away()
        if following:
            following.call()

    def _put_away(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _commit(self, batch: list[_Write[Any]]) -> None:
        try:
            self._connection = self._connection or self._engine.connect()
            _commit_together(self._connection, batch)
        except BaseException as error:  # noqa: BLE001 - each caller gets it
            for write in batch:
                write.error = error
            if self._connection is not None:
                self._connection.invalidate()
                self._connection.close()
                self._connection = None
        for write in batch:
            write.done = True


def _commit_together(connection: Connection, batch: list[_Write[Any]]) -> None:
    transaction = connection.begin()  # BEGIN IMMEDIATE: see engines.py
    try:
        raw: Any = connection.connection.driver_connection
        if len(batch) == 1:
            _run(batch[0], connection)
            _must_be_running(transaction, raw, batch[0])
            if batch[0].error is not None:
                transaction.rollback()
                return
        else:
            for write in batch:
                _run_alone(write, connection, raw)
                _must_be_running(transaction, raw, write)
        transaction.commit()
    except BaseException:
        if transaction.is_active:
            transaction.rollback()
        raise


def _run(write: _Write[Any], connection: Connection) -> None:
    try:
        write.result = write.work(connection)
    except BaseException as error:  # noqa: BLE001 - it belongs to the caller, who may wait in another thread
        write.error = error


def _run_alone(write: _Write[Any], connection: Connection, raw: Any) -> None:
    """Run one work so that its failure undoes its own writes only."""
    # The driver is asked directly: SQLAlchemy's nested transactions cost more than most works.
    raw.execute("SAVEPOINT work")
    _run(write, connection)
    if raw.in_transaction:
        if write.error is not None:
            raw.execute("ROLLBACK TO work")
        raw.execute("RELEASE work")


def _must_be_running(transaction: RootTransaction, raw: Any, write: _Write[Any]) -> None:
    if not transaction.is_active or not raw.in_transaction:
        raise TransactionLost("the shared transaction was lost; nothing of it was acknowledged") from write.error
