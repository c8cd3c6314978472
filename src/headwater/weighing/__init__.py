"""Claims, independence, contradictions, denials, patterns and the timeline: how far each thing said stands.

Sees records only, never the text of a report. Import `weigh` and `MAKER` from here.
"""

from headwater.weighing.weigh import MAKER, weigh

__all__ = ["MAKER", "weigh"]
