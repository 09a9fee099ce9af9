"""Use cases: the only floor that opens transactions and asks "may you?"."""
