"""The named SQL steps of stories and of finding; what steps.py says of its own holds here too."""

from __future__ import annotations

from collections.abc import Collection

from headwater.engine.settings import LASTING_DAYS

# Words that stand in one of so many reports of an outlet, in so many at the least and not only within a few weeks, are
# its own manner, such as a line on how to subscribe, and tell nothing of what its reports are about.
_USUAL_SHARE, _USUAL_REPORTS = 3, 5


def laid(columns: Collection[str]) -> str:
    """The words of every report in their order, with its title, outlet and day."""
    title = "COALESCE(CAST(i.title AS STRING), '')" if "title" in columns else "''"
    return f"""
        SELECT t.doc, t.outlet, t.day, {title} AS title, t.keys
        FROM tokens AS t JOIN reports AS r ON r.doc = t.doc JOIN input AS i ON CAST(i.id AS STRING) = r.id
    """


def known(least: int) -> str:
    """In how many of the reports that were counted a word stands, from `least` on."""
    return f"SELECT key, CAST(COUNT(*) AS INT) AS df FROM words GROUP BY key HAVING COUNT(*) >= {least}"


def usual() -> str:
    """The words that stand in much of what an outlet prints, whatever it is about."""
    return f"""
        SELECT c.outlet, w.key
        FROM words AS w
        JOIN tokens AS c ON c.doc = w.doc
        JOIN (SELECT t.outlet, COUNT(*) AS all_of
              FROM tokens AS t JOIN (SELECT DISTINCT doc FROM words) AS d ON d.doc = t.doc
              GROUP BY t.outlet) AS o ON o.outlet = c.outlet AND o.all_of >= {_USUAL_REPORTS}
        GROUP BY c.outlet, w.key
        HAVING COUNT(*) >= {_USUAL_REPORTS} AND COUNT(*) * {_USUAL_SHARE} >= MAX(o.all_of)
           AND (MAX(c.day) - MIN(c.day) >= {LASTING_DAYS} OR 2 * COUNT(c.day) < COUNT(*))
    """


def telling() -> str:
    """The most telling words of every report that is no copy, earliest report first."""
    return """
        SELECT m.doc, m.day, m.keys, m.weights, m.places FROM marks AS m
        LEFT JOIN copies AS c ON c.doc = m.doc WHERE c.doc IS NULL ORDER BY m.doc
    """


def members(days: int) -> str:
    """Every report of a story, by the earliest of it; a copy is there when it came within so many days of the first."""
    return f"""
        SELECT story, doc FROM grouped
        UNION ALL
        SELECT g.story, c.doc
        FROM grouped AS g
        JOIN copies AS c ON c.first = g.doc
        JOIN tokens AS x ON x.doc = c.first
        JOIN tokens AS y ON y.doc = c.doc
        WHERE x.day IS NULL OR y.day IS NULL OR y.day - x.day <= {days}
        UNION ALL
        SELECT first, doc FROM alone
        UNION ALL
        SELECT DISTINCT first, first FROM alone
    """


def alone(days: int) -> str:
    """Copies of reports that are in no story, within so many days of the first: they make a story with it."""
    return f"""
        SELECT c.first, c.doc
        FROM copies AS c
        JOIN tokens AS x ON x.doc = c.first
        JOIN tokens AS y ON y.doc = c.doc
        LEFT JOIN grouped AS g ON g.doc = c.first
        WHERE g.doc IS NULL AND (x.day IS NULL OR y.day IS NULL OR y.day - x.day <= {days})
    """


def ranked() -> str:
    """The stories, those of most outlets first, then those of most reports, then the earliest; numbered from 1.

    One outlet that prints a text again and again makes no large story.
    """
    return """
        SELECT CAST(ROW_NUMBER() OVER (ORDER BY outlets DESC, size DESC, story) AS INT) AS story, story AS first_doc,
               size, outlets, first_day, last_day
        FROM (SELECT m.story, CAST(COUNT(*) AS INT) AS size,
                     CAST(COUNT(DISTINCT NULLIF(r.outlet_name, '')) AS INT) AS outlets,
                     COALESCE(MIN(NULLIF(r.day, '')), '') AS first_day, COALESCE(MAX(r.day), '') AS last_day
              FROM members AS m JOIN reports AS r ON r.doc = m.doc GROUP BY m.story) AS s
    """


def stories(columns: Collection[str]) -> str:
    """The reports of every story, by its rank and then earliest first. `columns` the input has."""
    title = "COALESCE(CAST(i.title AS STRING), '')" if "title" in columns else "''"
    return f"""
        SELECT s.story, r.id, r.outlet_name AS outlet, r.day AS published, {title} AS title
        FROM members AS m
        JOIN ranked AS s ON s.first_doc = m.story
        JOIN reports AS r ON r.doc = m.doc
        JOIN input AS i ON CAST(i.id AS STRING) = r.id
        ORDER BY s.story, m.doc
    """


def names() -> str:
    """The words that name a story, in the order of how much they tell, as the earliest report writes them."""
    return """
        SELECT s.story, n.turn, SUBSTR(r.text, start + 1, finish - start) AS word
        FROM (SELECT n.*, item(t.starts, n.place) AS start, item(t.ends, n.place) AS finish
              FROM naming AS n JOIN tokens AS t ON t.doc = n.doc) AS n
        JOIN ranked AS s ON s.first_doc = n.doc
        JOIN reports AS r ON r.doc = n.doc
        ORDER BY s.story, n.turn
    """


def postings() -> str:
    """In which reports each word stands, by word: what a word is looked up in."""
    return "SELECT key, doc FROM held ORDER BY key, doc"
