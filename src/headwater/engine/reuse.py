"""The whole way from reports to typed, aligned spans of shared wording, as a plan of stages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from headwater.engine import steps
from headwater.engine.maps import Crediting, ToBoxes, ToPrints, ToTokens, ToWords
from headwater.engine.settings import BACKGROUND, BIT, THOUSAND, Tier, tier_of
from headwater.engine.stages import Given, Map, Query, Work
from headwater.engine.weights import HALVINGS, Weights, counted
from headwater.errors import BadReports
from headwater.model import ReuseKind

# Words are counted in about so many reports: their weights need no more.
_COUNTED_REPORTS = 4000
# Ids that an error names before it says how many more there are.
_NAMED = 3
REQUIRED = ("id", "text")
SPANS = "spans"


@dataclass(frozen=True, slots=True)
class ReuseMade:
    """What came of the reports: all of them, those without a word, copies of others, pairs aligned, spans by kind."""

    reports: int
    empty: int
    copies: int
    pairs: int
    spans: Mapping[ReuseKind, int]


def find_reuse(work: Work, columns: Collection[str], *, credit: Crediting | None = None) -> ReuseMade:
    """Make the stage `spans` from the stage `input`, whose `columns` those are: id and text, and what else is known.

    Rows of spans: a_id, a_start, a_end, b_id, b_start, b_end (code points of each text, half-open; a is the earlier
    report), kind, score (the share of the longer side's tokens that agree), words that agree, agency or "". Sorted by
    report and place. Raises BadReports when columns are missing or an id stands twice.
    """
    index(work, columns, credit=credit)
    reports = work.count("reports")
    tier = tier_of(reports)
    work.make(Map("prints", "tokens", ToPrints(tier.size, tier.window), f"{tier.size} {tier.window}"))
    candidate_pairs(work, tier, reports)
    weights = word_weights(work, reports)
    work.make(
        Query("paired", steps.paired(), ("candidates", "furnished", "tokens", "masks"), heavy=True),
        Map("boxes", "paired", ToBoxes(weights, tier.size), f"{tier.size} {work.key('common')}"),
        Query("lasting", steps.lasting(), ("met",)),
        Query("recurring", steps.recurring(), ("boxes", "anchors", "lasting")),
        Query("typed", steps.typed(), ("boxes", "tokens", "recurring")),
        Query(SPANS, steps.spans(), ("typed", "copies", "tokens", "reports")),
    )
    copies, kept = work.count("copies"), work.count("kept")
    return ReuseMade(reports, reports - copies - kept, copies, work.count("paired"), _by_kind(work))


def index(work: Work, columns: Collection[str], *, credit: Crediting | None = None) -> None:
    """Number the reports of the stage `input` and make their tokens. Raises BadReports."""
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise BadReports(
            f"The reports have no column “{missing[0]}”.",
            next_step="Give a table with the columns id and text; outlet, published, url and authors help.",
        )
    work.make(
        Query("reports", steps.reports(columns), ("input",), heavy=True),
        Query("doubles", steps.doubles(), ("reports",)),
    )
    doubles = work.rows("doubles")
    if doubles.num_rows:
        named = ", ".join(sorted(str(name) for name in doubles.column("id").to_pylist())[:_NAMED])
        raise BadReports(
            f"{doubles.num_rows} ids are given to more than one report, for example {named}.",
            next_step="Give every report an id of its own; “headwater corpus add” does, and sets doubles aside.",
        )
    work.make(
        Map("tokens", "reports", ToTokens(credit), "credited" if credit else "plain"),
        Query("copies", steps.copies(), ("tokens",)),
        Query("kept", steps.kept(), ("tokens", "copies")),
    )


def word_weights(work: Work, reports: int) -> Weights:
    """Return what each token weighs, counted in some of the reports."""
    every = max(1, reports // _COUNTED_REPORTS)
    of = (reports + every - 1) // every
    work.make(
        Map("words", "tokens", ToWords(every), str(every)),
        Query("common", steps.common(of, HALVINGS), ("words",)),
    )
    found = work.rows("common")
    return counted(found.column("key").to_numpy(), found.column("df").to_numpy(), of)


def candidate_pairs(work: Work, tier: Tier, reports: int) -> None:
    """Make the pairs of reports that are worth aligning, from the stages `prints` and `kept`."""
    work.make(Query("frequency", steps.frequency(), ("prints", "kept")))
    most = max((_largest(file, "df") for file in work.files("frequency")), default=0)
    df = np.arange(2, max(2, most) + 1, dtype=np.int32)
    least = int(_bits(df[:1], reports)[0]) * tier.rare // THOUSAND
    work.make(
        Given("bits", pa.table({"df": df, "bits": _bits(df, reports)})),
        Query("met", steps.met(), ("prints", "frequency", "kept")),
        Query("furniture", steps.furniture(), ("met", "kept")),
        Query("anchors", steps.anchors(), ("met", "bits", "furniture")),
        Query("heads", steps.heads(), ("anchors",)),
        Query("candidates", steps.candidates(least), ("anchors", "heads")),
        Query("furnished", steps.furnished(least), ("anchors",)),
        Query("masks", steps.masks(), ("anchors",)),
    )


def _bits(df: npt.NDArray[np.int32], reports: int) -> npt.NDArray[np.int32]:
    """Return what fingerprints of `df` reports weigh, in thousandths of a bit."""
    out: npt.NDArray[np.int32] = np.rint(BIT * np.log2((reports + BACKGROUND) / df)).astype(np.int32)
    return out


def _largest(file: object, column: str) -> int:
    return int(pc.max(pq.read_table(file, columns=[column]).column(0)).as_py() or 0)


def _by_kind(work: Work) -> dict[ReuseKind, int]:
    kinds = pc.value_counts(
        pa.concat_tables(pq.read_table(file, columns=["kind"]) for file in work.files(SPANS))["kind"]
    )
    found = {row["values"]: row["counts"] for row in kinds.to_pylist()}
    return {kind: found.get(kind.value, 0) for kind in ReuseKind}
