"""Files other programs read: each a way of writing what we have."""
