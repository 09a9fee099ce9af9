"""Test-wise guessers that know no anatomy: each answers by one cue, and what it wins by that is a flaw of the bank."""
