"""The refusal of a foreign file that cannot be read, or that is not safe to read."""

from training.core.refusal import Refusal


class Unreadable(Refusal):
    """A file that is malformed, too large or hostile; says where, as far as that is known."""

    def __init__(self, message: str, *, file: str = "", line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.file, self.line, self.column = file, line, column
