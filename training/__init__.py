"""Needlewise: learn dry needling, be tested on it, see where you stand."""

__version__ = "0.1.0"
