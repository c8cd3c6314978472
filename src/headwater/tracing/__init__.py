"""How things travelled: utterances, sources, origins, reuse and links across reports.

Only set-based comparison of what readings say; it never calls anything true and reads no file.
"""

from headwater.tracing.asking import nearest
from headwater.tracing.trace import MAKER, trace

__all__ = ["MAKER", "nearest", "trace"]
