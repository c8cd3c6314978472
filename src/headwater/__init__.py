"""Headwater shows, for a pile of reports, where each thing said comes from."""

__version__ = "0.1.0"
