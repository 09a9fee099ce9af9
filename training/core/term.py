"""A word of the field as we use it: what it means, what else it is called, and what we do not say."""

from training.core.items.item import Slug, Text, Written


class Term(Written):
    """One entry of the clinical glossary."""

    id: Slug
    term: Text
    definition: Text
    also: tuple[Text, ...] = ()
    """Other words for the same thing; texts that use one are linked too."""
    avoid: tuple[Text, ...] = ()
    """Words that mislead here."""
    contested: bool = False
    linked: bool = True
    """Whether texts link its mentions; words of everyday use would be noise."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.also)
