"""Sentences as vectors, for comparing what statements mean: near where two say the same in other words. Opens a model.

all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), English. Vectors earn their place for paraphrase; for
trimmed and repunctuated quotations the words themselves tell as much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from headwater.reading.trained.weights import sentence_weights
from headwater.reading.trained.windows import CLS, SEP

SIZE = 384
_LONGEST = 128  # pieces; what follows is not seen


def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return one vector of length 1 for each text, (texts, SIZE): the same for a text whatever the others are.

    Their product is the likeness, from -1 to 1. Only the first `_LONGEST` word pieces count. Each text is read alone:
    together, the last digits would change with the neighbours. Raises DamagedModel; writes nothing.
    """
    weights = sentence_weights()
    out = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, found in enumerate(weights.tokenizer.encode_batch(list(texts), add_special_tokens=False)):
        ids = np.array([[CLS, *found.ids[: _LONGEST - 2], SEP]], dtype=np.int64)
        (out[row],) = weights.session.run(None, {"ids": ids})[0]
    return out
