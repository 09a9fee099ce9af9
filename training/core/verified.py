"""How far a source or a statement was read."""

from enum import StrEnum


class Verified(StrEnum):
    """Opened, read as quoted elsewhere, or cited from memory."""

    SEEN = "seen"
    SECONDARY = "secondary"
    RECALL = "recall"
