"""The printed form of a case: pages that open from disk. Never computes a number, never calls a claim true or false."""

from headwater.dossier.render import render

__all__ = ["render"]
