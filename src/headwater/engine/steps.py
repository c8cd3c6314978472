"""The set-based steps, by name: each function returns SQL that DuckDB and Spark both read, and both answer alike.

What keeps the answers alike: whole numbers only (sums of fractions depend on their order), no step that leans on the
order of rows, and ties broken by report number. A name in FROM is an earlier stage. `item(list, n)` is the one function
that is not theirs: element n of a list, from 0; whoever executes defines it.
"""

from __future__ import annotations

from collections.abc import Collection

from headwater.engine.settings import (
    CLAUSE_WORDS,
    CLOSE,
    CROWD,
    FAIR,
    FURNITURE_DAYS,
    FURNITURE_ENOUGH,
    FURNITURE_REPORTS,
    FURNITURE_SHARE,
    LASTING_DAYS,
    LASTING_REPORTS,
    LONG_WORDS,
    LOOSE,
    MOSTLY,
    PART_BITS,
    PIECE_WORDS,
    PROSE,
    RUN_WORDS,
    SENTENCE_WORDS,
    SPEECH_SHARE,
    STAR,
    THOUSAND,
    UNDATED,
    USED_WORDS,
    VOICED,
    WORD_FOR_WORD,
)
from headwater.model import ReuseKind

# Reports are numbered from the earliest: a date with its time of day where there is one, as far as it is written.
_WHEN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"


def named(columns: Collection[str]) -> str:
    """What is known of each report of the input beside its text; `columns` are those that the input has."""
    return f"""
        SELECT id, outlet AS outlet_name, REPLACE(REGEXP_EXTRACT(published, '{_WHEN}', 0), 'T', ' ') AS moment
        FROM (SELECT {_text_of("id", columns)}, {_text_of("outlet", columns)}, {_text_of("published", columns)}
              FROM input) AS given
    """


def doubles() -> str:
    """Ids that more than one report has, and the empty one of those that have none."""
    return """
        SELECT id, CAST(COUNT(*) AS BIGINT) AS times FROM named GROUP BY id HAVING COUNT(*) > 1 OR id = ''
    """


def numbers() -> str:
    """Number the reports, earliest first, those without a date last; and the outlets, by name.

    The one step that puts all reports in an order, so it holds no texts.
    """
    return """
        SELECT id, outlet_name, SUBSTR(moment, 1, 10) AS day,
               CAST(ROW_NUMBER() OVER (ORDER BY moment = '', moment, id) - 1 AS INT) AS doc,
               CAST(DENSE_RANK() OVER (ORDER BY outlet_name) - 1 AS INT) AS outlet
        FROM named
    """


def reports(columns: Collection[str]) -> str:
    """The reports with their numbers and texts, in the order of the numbers: who looks for a few reads little."""
    return f"""
        SELECT n.doc, n.outlet, n.id, n.outlet_name, n.day, i.url, i.authors, i.text
        FROM (SELECT {", ".join(_text_of(name, columns) for name in ("id", "url", "authors", "text"))} FROM input) AS i
        JOIN numbers AS n ON n.id = i.id
        ORDER BY n.doc
    """


def _text_of(name: str, columns: Collection[str]) -> str:
    return f"COALESCE(CAST({name} AS STRING), '') AS {name}" if name in columns else f"'' AS {name}"


def copies() -> str:
    """Word-for-word copies of a whole report, each beside the earliest with these words."""
    return """
        SELECT first, doc
        FROM (SELECT doc, CAST(MIN(doc) OVER (PARTITION BY whole, size) AS INT) AS first
              FROM tokens WHERE size > 0) AS f
        WHERE doc <> first
    """


def kept() -> str:
    """Reports that are compared: all with words that are no copy of an earlier one."""
    return """
        SELECT t.doc, t.outlet, t.day FROM tokens AS t LEFT JOIN copies AS c ON c.doc = t.doc
        WHERE c.doc IS NULL AND t.size > 0
    """


def frequency() -> str:
    """In how many reports a fingerprint stands, where it is more than one."""
    return """
        SELECT p.fp, CAST(COUNT(*) AS INT) AS df FROM prints AS p JOIN kept AS k ON k.doc = p.doc
        GROUP BY p.fp HAVING COUNT(*) > 1
    """


def met() -> str:
    """Fingerprints by which reports can meet, those of more than one: where each stands, whose, and of what day."""
    return f"""
        SELECT p.fp, p.doc, p.place, f.df, k.outlet, COALESCE(k.day, {UNDATED} - p.doc) AS day
        FROM prints AS p JOIN frequency AS f ON f.fp = p.fp JOIN kept AS k ON k.doc = p.doc
    """


def furniture() -> str:
    """Fingerprints that an outlet prints again and again: on several days, in so many of its reports.

    A report without a date is a day of its own.
    """
    return f"""
        SELECT d.outlet, d.fp
        FROM (SELECT outlet, fp, day, COUNT(*) AS times FROM met WHERE df >= {FURNITURE_REPORTS}
              GROUP BY outlet, fp, day) AS d
        JOIN (SELECT outlet, COUNT(*) AS all_of FROM kept GROUP BY outlet) AS o ON o.outlet = d.outlet
        GROUP BY d.outlet, d.fp
        HAVING COUNT(*) >= {FURNITURE_DAYS}
           AND SUM(d.times) >= {FURNITURE_REPORTS}
           AND SUM(d.times) >= LEAST({FURNITURE_ENOUGH}, MAX(o.all_of) / {FURNITURE_SHARE})
    """


def anchors() -> str:
    """What met, with what it weighs, and whether it is furniture of its outlet there."""
    return """
        SELECT m.fp, m.doc, m.place, m.df, b.bits, m.outlet, CASE WHEN u.fp IS NULL THEN 0 ELSE 1 END AS masked
        FROM met AS m
        JOIN bits AS b ON b.df = m.df
        LEFT JOIN furniture AS u ON u.fp = m.fp AND u.outlet = m.outlet
    """


def candidates(least: int) -> str:
    """Pairs of reports (a the earlier) that share rare wording of `least` bits within one part of the earlier report.

    A fingerprint of up to CROWD reports brings all of them together, a more frequent one each with the STAR earliest:
    a star, never dropped. What is furniture in both makes no pair.
    """
    return f"""
        SELECT a, b FROM (
            SELECT x.doc AS a, y.doc AS b, x.place >> {PART_BITS} AS part, SUM(x.bits) AS mass
            FROM (SELECT * FROM anchors WHERE df <= {CROWD}
                  UNION ALL SELECT * FROM heads) AS x
            JOIN anchors AS y ON y.fp = x.fp
            WHERE x.doc < y.doc AND x.masked + y.masked < 2
            GROUP BY x.doc, y.doc, x.place >> {PART_BITS}
        ) AS parts
        GROUP BY a, b HAVING MAX(mass) >= {least}
    """


def heads() -> str:
    """The earliest holders of every frequent fingerprint."""
    return f"""
        SELECT fp, doc, place, df, bits, outlet, masked
        FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY fp ORDER BY doc) AS turn FROM anchors WHERE df > {CROWD}) AS r
        WHERE turn <= {STAR}
    """


def furnished(least: int) -> str:
    """Each report beside the earliest of its outlet with the furniture it shares most of: a star for each outlet."""
    return f"""
        SELECT a, b FROM (
            SELECT a, b, ROW_NUMBER() OVER (PARTITION BY b ORDER BY mass DESC, a) AS turn FROM (
                SELECT head AS a, doc AS b, SUM(bits) AS mass
                FROM (SELECT doc, bits, MIN(doc) OVER (PARTITION BY outlet, fp) AS head
                      FROM anchors WHERE masked = 1) AS held
                WHERE head < doc
                GROUP BY head, doc
                HAVING SUM(bits) >= {least}
            ) AS shared
        ) AS ranked
        WHERE turn = 1
    """


def masks() -> str:
    """Where furniture begins in each report, as a list of token numbers in no order."""
    return "SELECT doc, ARRAY_AGG(place) AS places FROM anchors WHERE masked = 1 GROUP BY doc"


def paired() -> str:
    """The two reports of each pair with all that aligning them needs."""
    return """
        SELECT c.a, c.b, x.keys AS a_keys, y.keys AS b_keys, x.quoted AS a_quoted, y.quoted AS b_quoted,
               u.places AS a_masked, v.places AS b_masked
        FROM (SELECT a, b FROM candidates UNION SELECT a, b FROM furnished) AS c
        JOIN tokens AS x ON x.doc = c.a
        JOIN tokens AS y ON y.doc = c.b
        LEFT JOIN masks AS u ON u.doc = c.a
        LEFT JOIN masks AS v ON v.doc = c.b
    """


def common(reports: int, halvings: int) -> str:
    """Words that stand in so many of the counted `reports` that they weigh less than a rare one."""
    return f"""
        SELECT key, CAST(COUNT(*) AS INT) AS df FROM words GROUP BY key
        HAVING COUNT(*) > 1 AND COUNT(*) * {2**halvings} > {reports}
    """


def lasting() -> str:
    """Fingerprints of wording that goes on being used: in many reports, over many days (or few of them dated)."""
    return f"""
        SELECT fp
        FROM (SELECT fp, CASE WHEN day > {UNDATED} THEN day END AS day FROM met) AS dated
        GROUP BY fp
        HAVING COUNT(*) >= {LASTING_REPORTS}
           AND (MAX(day) - MIN(day) >= {LASTING_DAYS} OR 2 * COUNT(day) < COUNT(*))
    """


def recurring() -> str:
    """Boxes most of whose shared fingerprints are lasting: wording in general use, or an outlet's own."""
    return """
        SELECT s.a, s.b, s.a_first, s.b_first
        FROM boxes AS s
        JOIN anchors AS p ON p.doc = s.a
        LEFT JOIN lasting AS l ON l.fp = p.fp
        WHERE p.place >= s.a_first AND p.place < s.a_last
        GROUP BY s.a, s.b, s.a_first, s.b_first
        HAVING 2 * COUNT(l.fp) > COUNT(*)
    """


def typed() -> str:
    """The boxes with their kind; the first rule that fits decides (docs/method.md tells them in words)."""
    return f"""
        SELECT *, CASE
            WHEN GREATEST(a_masked, b_masked) >= {MOSTLY} THEN '{ReuseKind.BOILERPLATE}'
            WHEN speech = 1 THEN '{ReuseKind.QUOTE}'
            WHEN strong = 1 OR (beside = 1 AND firm = 1) THEN
                CASE WHEN agency <> '' AND {_agrees("shared", "longer", WORD_FOR_WORD)}
                     THEN '{ReuseKind.AGENCY}' ELSE '{ReuseKind.NARRATIVE}' END
            ELSE '{ReuseKind.STOCK}' END AS kind
        FROM (
            SELECT *, MAX(CASE WHEN GREATEST(a_masked, b_masked) < {MOSTLY} AND speech = 0
                               THEN strong ELSE 0 END) OVER (PARTITION BY a, b) AS beside
            FROM (
                SELECT *,
                    CASE WHEN GREATEST(a_quoted, b_quoted) >= {MOSTLY}
                           OR (voiced > 0 AND voiced * {VOICED} >= own AND shared * {SPEECH_SHARE} < shorter)
                         THEN 1 ELSE 0 END AS speech,
                    CASE WHEN (used = 1 AND own < {USED_WORDS}) OR everyday * {PROSE} < a_last - a_first THEN 0
                         WHEN own >= {LONG_WORDS} AND {_agrees("shared", "longer", LOOSE)} THEN 1
                         WHEN own >= {SENTENCE_WORDS} AND {_agrees("shared", "longer", FAIR)} THEN 1
                         WHEN own >= {SENTENCE_WORDS} AND {_agrees("shared", "lesser", CLOSE)} THEN 1
                         WHEN firmly >= {RUN_WORDS} THEN 1
                         WHEN own >= {CLAUSE_WORDS} AND {_agrees("shared", "longer", CLOSE)} THEN 1
                         ELSE 0 END AS strong,
                    CASE WHEN used = 0 AND own >= {PIECE_WORDS} AND {_agrees("shared", "longer", CLOSE)}
                         THEN 1 ELSE 0 END AS firm
                FROM (
                    SELECT s.*, GREATEST(s.a_last - s.a_first, s.b_last - s.b_first) AS longer,
                           LEAST(s.a_last - s.a_first, s.b_last - s.b_first) AS lesser,
                           LEAST(x.size, y.size) AS shorter,
                           CAST(FLOOR(s.shared * ({THOUSAND} - GREATEST(s.a_quoted, s.b_quoted)) / {THOUSAND}) AS INT)
                               AS own,
                           CASE WHEN r.a IS NULL THEN 0 ELSE 1 END AS used,
                           CASE WHEN x.agency = y.agency OR y.agency = '' THEN x.agency
                                WHEN x.agency = '' THEN y.agency ELSE '' END AS agency
                    FROM boxes AS s
                    JOIN tokens AS x ON x.doc = s.a
                    JOIN tokens AS y ON y.doc = s.b
                    LEFT JOIN recurring AS r
                      ON r.a = s.a AND r.b = s.b AND r.a_first = s.a_first AND r.b_first = s.b_first
                ) AS measured
            ) AS judged
        ) AS paired
    """


def _agrees(shared: str, longer: str, thousandths: int) -> str:
    return f"{shared} * {THOUSAND} >= {longer} * {thousandths}"


def spans() -> str:
    """Every stretch of shared wording as code points of both texts, with kind and agreement; copies whole."""
    return f"""
        SELECT r.id AS a_id, item(x.starts, s.a_first) AS a_start, item(x.ends, s.a_last - 1) AS a_end,
               q.id AS b_id, item(y.starts, s.b_first) AS b_start, item(y.ends, s.b_last - 1) AS b_end,
               s.kind, CAST(s.agreed AS DOUBLE) / {THOUSAND} AS score, s.words, s.agency
        FROM (SELECT a, b, a_first, a_last, b_first, b_last, kind,
                     LEAST({THOUSAND}, CAST(FLOOR(shared * {THOUSAND} / longer) AS INT)) AS agreed,
                     LEAST(shared, longer) AS words, agency
              FROM typed
              UNION ALL
              SELECT c.first, c.doc, 0, y.size, 0, y.size,
                     CASE WHEN y.agency = '' AND x.agency = ''
                          THEN '{ReuseKind.NARRATIVE}' ELSE '{ReuseKind.AGENCY}' END,
                     {THOUSAND}, y.size, CASE WHEN x.agency = '' THEN y.agency ELSE x.agency END
              FROM copies AS c JOIN tokens AS x ON x.doc = c.first JOIN tokens AS y ON y.doc = c.doc) AS s
        JOIN tokens AS x ON x.doc = s.a JOIN tokens AS y ON y.doc = s.b
        JOIN reports AS r ON r.doc = s.a JOIN reports AS q ON q.doc = s.b
        ORDER BY s.a, s.b, s.a_first, s.b_first
    """
