"""The one thread that writes to SQLite: writes that wait together are made durable together."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Lock, Thread, current_thread
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, RootTransaction

T = TypeVar("T")

MOST_TOGETHER = 64
"""Writes in one transaction: enough to share a disk flush among, few enough that none waits long for the others."""


class TransactionLost(RuntimeError):
    """The shared transaction ended before its time: the disk is full, or a work committed or rolled back by itself."""


class _Write(Generic[T]):
    """One work, and the place where its caller waits until it is durable."""

    __slots__ = ("_done", "error", "result", "work")

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self._done = Lock()
        self._done.acquire()

    def settle(self) -> None:
        """Let the caller go on."""
        self._done.release()

    def outcome(self) -> T:
        """Wait until the work is durable or failed, and give what it gave or raise what it raised."""
        self._done.acquire()
        if self.error is not None:
            try:
                raise self.error
            finally:
                self.error = None  # or the error and this frame would keep each other alive
        result: T = self.result
        return result


class GroupWriter:
    """Runs works one after the other, each under its own savepoint, and commits those that wait in one flush."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Write[Any] | None] = SimpleQueue()
        self._gate = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="needlewise-writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the work and return only when what it wrote is on disk; what it raises reaches the caller alone."""
        write = _Write(work)
        with self._gate:
            if self._closed:
                raise RuntimeError("this database was closed")
            self._waiting.put(write)
        return write.outcome()

    def close(self) -> None:
        """Finish what waits, then stop; later writes are refused."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        if current_thread() is not self._thread:
            self._thread.join()

    def _run(self) -> None:
        connection = None
        while batch := self._next_batch():
            try:
                connection = connection or self._engine.connect()
                _commit_together(connection, batch)
            except BaseException as error:  # noqa: BLE001 - each caller gets it; the thread must live on
                for write in batch:
                    write.error = error
                if connection is not None:
                    connection.invalidate()
                    connection.close()
                    connection = None
            for write in batch:
                write.settle()
            del batch[:]
        if connection is not None:
            connection.close()
        self._engine.dispose()

    def _next_batch(self) -> list[_Write[Any]]:
        """Wait for a write and take along all that wait behind it; empty when the writer is to stop."""
        first = self._waiting.get()
        if first is None:
            return []
        batch = [first]
        while len(batch) < MOST_TOGETHER:
            try:
                following = self._waiting.get_nowait()
            except Empty:
                break
            if following is None:
                self._waiting.put(None)  # stop after this batch
                break
            batch.append(following)
        return batch


def _commit_together(connection: Connection, batch: list[_Write[Any]]) -> None:
    transaction = connection.begin()  # BEGIN IMMEDIATE: see engines.py
    try:
        raw: Any = connection.connection.driver_connection
        for write in batch:
            _run_alone(write, connection, raw)
            _must_be_running(transaction, raw, write)
        transaction.commit()
    except BaseException:
        if transaction.is_active:
            transaction.rollback()
        raise


def _run_alone(write: _Write[Any], connection: Connection, raw: Any) -> None:
    """Run one work so that its failure undoes its own writes only."""
    # The driver is asked directly: SQLAlchemy's nested transactions cost more than most works.
    raw.execute("SAVEPOINT work")
    try:
        write.result = write.work(connection)
    except BaseException as error:  # noqa: BLE001 - it belongs to the caller, not to this thread
        write.error = error
        if raw.in_transaction:
            raw.execute("ROLLBACK TO work")
    if raw.in_transaction:
        raw.execute("RELEASE work")


def _must_be_running(transaction: RootTransaction, raw: Any, write: _Write[Any]) -> None:
    if not transaction.is_active or not raw.in_transaction:
        raise TransactionLost("the shared transaction was lost; nothing of it was acknowledged") from write.error
