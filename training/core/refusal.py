"""A rule saying no. The message is fit to show to the person who asked."""


class Refusal(Exception):
    """Raised where a rule forbids what was asked; `str(refusal)` says what happened and what next."""


class NotFound(Refusal):
    """The thing asked for does not exist, or not for this person."""
