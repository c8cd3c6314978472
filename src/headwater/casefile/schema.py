"""The tables of a case file, with the comments that explain them to somebody who has only sqlite3. No code runs here.

A record is stored once, as canonical JSON in the column `record`; the columns people read are computed from it by
SQLite, so that they can never disagree with what the digest covers.
"""

from __future__ import annotations

from typing import NamedTuple

from headwater.casefile.kinds import KEPT, KINDS, Table

# "Hdwt": at byte 68 of the file; `file` and Headwater tell a case by it before SQLite parses anything.
APPLICATION_ID = 0x48647774
SCHEMA_VERSION = 2


class _Column(NamedTuple):
    name: str
    path: str  # into the JSON of the record
    sql_type: str = "TEXT"


class _Described(NamedTuple):
    what: str
    columns: str  # "name", "name=json.path" or "name=path:TYPE", by spaces


_TABLES: dict[str, _Described] = {
    "anchor": _Described(
        "every place a record points at: position, exact words and digest of the text, which must all agree",
        "of=record role report start=span[0]:INTEGER end=span[1]:INTEGER exact text_sha256",
    ),
    "as_read": _Described(
        "readings as the reader left them, of reports whose reading was changed afterwards", "report notes"
    ),
    "assessment": _Described(
        "graded, explained opinion of a method about a claim", "id claim method grade explanation"
    ),
    "attribution": _Described(
        "words a report ascribes to somebody as they stand, thought as well as speech; unresolved",
        "id report source cue content kind probability:REAL",
    ),
    "chain": _Described(
        "how a statement came into its report: hops from the far end on",
        "id statement distance:INTEGER at_least:INTEGER hops",
    ),
    "circle": _Described("outlets that have a claim from one another", "id claim outlets reports reason=reason.text"),
    "citation": _Described(
        "a place where a report names another carrier",
        "id report start=span[0]:INTEGER end=span[1]:INTEGER kind name",
    ),
    "cited": _Described("an outlet, agency or paper that the reports name", "id kind name names sources reports"),
    "claim": _Described(
        "what statements and figures assert across reports, always alleged; origins counted as a range",
        "id kind text origins_low:INTEGER origins_high:INTEGER statements figures reports origins unattributed "
        "denied_by contradicts caveats",
    ),
    "comparison": _Described("two figures beside one another", "id a b relation reason"),
    "date_mention": _Described(
        "a date in the words of a report; earliest and latest are ISO days",
        "id report start=span[0]:INTEGER end=span[1]:INTEGER text earliest latest resolved:INTEGER",
    ),
    "decision": _Described(
        "what a person decided; never overwritten, undone by a further decision",
        "id verb subjects value why agent time brought:INTEGER withdrawn:INTEGER shown_sha256",
    ),
    "divergence": _Described(
        "two statements of one origin, nearly one rendering, with what keeps them apart",
        "id a b kinds rule=reason.rule reason=reason.text",
    ),
    "figure": _Described(
        "a number with what it counts; low and high are inclusive, NULL is open",
        "id report start=span[0]:INTEGER end=span[1]:INTEGER text low:ANY high:ANY bound unit act whom place "
        "when_words=when statement source passage",
    ),
    "file": _Described("every received file; each is in one report's files or set aside", "path"),
    "handling": _Described(
        "how a source or report is to be handled by all that leaves the case; the last one of a subject holds",
        "id kind=subject.kind subject=subject.id consent sensitivity names pseudonym note agent time",
    ),
    "intake_note": _Described("remarks of intake about the whole delivery", "text"),
    "link": _Described(
        "from the later passage to the earlier one, with its reason",
        "id kind directed:INTEGER later_report=later[0] later_start=later[1][0]:INTEGER later_end=later[1][1]:INTEGER "
        "earlier_report=earlier[0] earlier_start=earlier[1][0]:INTEGER earlier_end=earlier[1][1]:INTEGER "
        "rule=reason.rule reason=reason.text",
    ),
    "maker": _Described("the program that made each part of the case", "step name version"),
    "mention": _Described(
        "a source as one report speaks of it",
        "id report start=span[0]:INTEGER end=span[1]:INTEGER text kind named:INTEGER plural:INTEGER aliases spans",
    ),
    "missing": _Described(
        "a document that the reports name and that is not in the case",
        "id cited kind name names claims alone reports another:INTEGER sentence",
    ),
    "origin": _Described(
        "where utterances and figures entered circulation, as far as the reports show",
        "id source name kind told_to told_to_in own_reporting:INTEGER reports statements figures",
    ),
    "original": _Described("the files as received, byte for byte", "id=sha256 media_type size:INTEGER"),
    "pattern": _Described("the same act told by sources that share no words", "id act origins statements"),
    "reading": _Described("which reports were read, and the reader's notes", "report notes"),
    "report": _Described(
        "one document by one outlet; text is its working text, all offsets are code points of it",
        "id=info.id file=info.file original=info.sha256 text_sha256=info.text_sha256 encoding=info.encoding "
        "outlet=info.outlet.value title=info.title.value published=info.published.value author=info.author.value "
        "url=info.url.value language=info.language.value completeness=info.completeness missing=info.missing "
        "files=info.files",
    ),
    "retelling": _Described(
        "one testimony as several reports tell it: each detail, each rendering, what changed",
        "id origin reports details",
    ),
    "reuse": _Described(
        "wording that two reports share, found by alignment",
        "id kind words:INTEGER score:REAL credit a_report=a[0] a_start=a[1][0]:INTEGER a_end=a[1][1]:INTEGER "
        "b_report=b[0] b_start=b[1][0]:INTEGER b_end=b[1][1]:INTEGER",
    ),
    "secret": _Described("random bytes that pseudonyms and ids of protected exports are made with", "name"),
    "set_aside": _Described(
        "received but not processed, with the reason", "file kind why original=sha256 duplicate_of"
    ),
    "source": _Described(
        "who is said to have said something, across the reports",
        "id name names kind named:INTEGER plural:INTEGER mentions",
    ),
    "stamp": _Described(
        "a time-stamp of a custody event by somebody else (RFC 3161)",
        "event=sequence:INTEGER digest time authority policy serial reply_sha256",
    ),
    "statement": _Described(
        "one sentence-sized piece of attributed content in one report",
        "id report text form source told_to=told_to.text certainty stance passage quotation inside probability:REAL "
        "repeats",
    ),
    "summary": _Described(
        "the counts of the first page",
        "reports:INTEGER outlets:INTEGER statements:INTEGER figures:INTEGER utterances:INTEGER origins:INTEGER "
        "claims:INTEGER set_aside:INTEGER loudest_echo",
    ),
    "timeline": _Described(
        "something with a place in time; days are ISO, inclusive, NULL is open",
        "id earliest latest what report start:INTEGER end:INTEGER publication:INTEGER",
    ),
    "utterance": _Described("one act of speech and the statements that render it", "id text statements origin"),
}
_PAYLOADS = {
    "data": "data BLOB NOT NULL, -- the bytes as received; their SHA-256 is the id",
    "reply": "reply BLOB NOT NULL, -- what the authority answered, byte for byte; its SHA-256 is reply_sha256",
    "shown": "shown TEXT, -- what the person was shown; its SHA-256 is shown_sha256; NULL when it was withdrawn",
    "text": "text TEXT NOT NULL, -- the working text, UTF-8; its SHA-256 is text_sha256",
}
_CUSTODY = """CREATE TABLE custody ( -- what was done with this case, by whom and when; lines are only ever added
  sequence INTEGER PRIMARY KEY, -- 1, 2, 3 ...
  record TEXT NOT NULL, -- the complete event as JSON, with the digest of the event before it
  sha256 TEXT NOT NULL, -- SHA-256 of record
  time TEXT AS (record ->> '$.time'), -- UTC
  agent TEXT AS (record ->> '$.agent'), -- who
  action TEXT AS (record ->> '$.action'), -- what was done
  outcome TEXT AS (record ->> '$.outcome'), -- what came of it
  tool TEXT AS (record ->> '$.tool'), -- with which version of Headwater
  previous TEXT AS (record ->> '$.previous'), -- sha256 of the event before; zeros at the first
  inputs TEXT AS (record ->> '$.inputs'), -- received files with the SHA-256 of their bytes
  outputs TEXT AS (record ->> '$.outputs') -- count and digest of the case and of each table
) STRICT"""
_GUIDE = """
This is a Headwater case: reports, and where each thing said in them comes from. It is an SQLite database.
Every table but custody holds one record a row: position (order, from 0), made_by (program and version), record (the
whole record as JSON) and sha256. All other columns are computed from record, except original.data, report.text,
decision.shown and stamp.reply.
original.data are the bytes as received. Their SHA-256 is original.id.
report.text is the working text. All start and end numbers count its Unicode code points from 0; end is excluded.
The sha256 of a row is the SHA-256 of the column hashed in the view every_record: kind, position, made_by and record,
each on a line of its own, without a newline at the end, as UTF-8.
The digest of the case is the SHA-256 of the lines "kind position sha256" of every_record, in the order of kind and
position, each with a newline. The last event of custody that names a case names it, in its outputs.
Every event of custody carries the SHA-256 of the event before it. This proves the log up to an entry only when the
sha256 of that entry is kept somewhere else as well.
The tables decision and handling hold what people said about the case, secret some random bytes, stamp time-stamps by
others. Their rows are in the view kept_record instead of every_record; they are digested in the same way and never
made again.
Everything else but original and custody can be made again from the originals and the decisions. Claims are alleged: a
case says where words come from, never whether they are true.
"""
_PASSAGES = """CREATE VIEW passage AS -- every stretch of a working text, with what it is
SELECT report.id AS report, one.key AS number, one.value ->> '$.kind' AS kind,
  one.value ->> '$.span[0]' AS start, one.value ->> '$.span[1]' AS "end"
FROM report, json_each(report.record, '$.passages') AS one"""
_CONTENT = """CREATE VIEW content_span AS -- where the words of each statement stand
SELECT statement.id AS statement, statement.report, one.key AS number,
  one.value ->> '$[0]' AS start, one.value ->> '$[1]' AS "end"
FROM statement, json_each(statement.record, '$.content') AS one"""
# Filled with names of tables from this module, never with anything received.
_ONE_LIST = """SELECT '{kind}' AS kind, position, made_by, record, sha256,
  '{kind}' || char(10) || position || char(10) || made_by || char(10) || record AS hashed FROM {kind}"""
_ONE_REASON = """SELECT '{kind}' AS kind, {kind}.id AS record, one.value ->> '$.rule' AS rule,
  one.value ->> '$.text' AS text, one.value ->> '$.places' AS places
FROM {kind}, json_each({kind}.record, '$.reasons') AS one"""
_LINK_REASON = (
    "SELECT 'link', id, rule, reason, json_array(json(record -> '$.later'), json(record -> '$.earlier')) FROM link"
)
_DIVERGENCE_REASON = "SELECT 'divergence', id, rule, reason, record -> '$.reason.places' FROM divergence"
_REASONED = ("claim", "origin", "source", "utterance")


def _columns(table: _Described) -> list[_Column]:
    found = []
    for item in table.columns.split():
        named, _, sql_type = item.partition(":")
        name, _, path = named.partition("=")
        found.append(_Column(name, path or name, sql_type or "TEXT"))
    return found


def _table(kind: Table) -> list[str]:
    table = _TABLES[kind.name]
    columns = _columns(table)
    lines = [
        "  position INTEGER PRIMARY KEY, -- order in the case, from 0",
        "  made_by TEXT NOT NULL, -- name and version of the program that made it",
        "  record TEXT NOT NULL, -- the complete record as JSON",
        "  sha256 TEXT NOT NULL, -- SHA-256 of kind, position, made_by and record, one a line",
    ]
    if kind.payload:
        lines.append(f"  {_PAYLOADS[kind.payload]}")
    lines += [f"  \"{column.name}\" {column.sql_type} AS (record ->> '$.{column.path}')," for column in columns]
    lines[-1] = lines[-1].removesuffix(",")
    statements = [f"CREATE TABLE {kind.name} ( -- {table.what}\n" + "\n".join(lines) + "\n) STRICT"]
    if any(column.name == "id" for column in columns):
        statements.append(f"CREATE INDEX {kind.name}_id ON {kind.name} (id)")
    return statements


def _joined(name: str, what: str, parts: list[str]) -> str:
    return f"CREATE VIEW {name} AS -- {what}\n" + "\nUNION ALL ".join(parts)


def _views() -> list[str]:
    lines = _GUIDE.strip().replace("'", "''").splitlines()
    guide = ",\n".join(f"({number}, '{line}')" for number, line in enumerate(lines, 1))
    records = [_ONE_LIST.format(kind=kind.name) for kind in KINDS]
    kept = [_ONE_LIST.format(kind=table.name) for table in KEPT]
    reasons = [*(_ONE_REASON.format(kind=kind) for kind in _REASONED), _LINK_REASON, _DIVERGENCE_REASON]
    return [
        f"CREATE VIEW how_to_read_this_file (line, text) AS VALUES\n{guide}",
        _joined("every_record", "all records that machines made, in one list", records),
        _joined("kept_record", "all records that are kept when the others are made again", kept),
        _joined("reason", "why two things were joined or kept apart", reasons),
        _PASSAGES,
        _CONTENT,
    ]


STATEMENTS: tuple[str, ...] = (
    *(sql for table in (*KINDS, *KEPT) for sql in _table(table)),
    _CUSTODY,
    *_views(),
)
"""Every statement that makes the tables, in order."""


def names() -> dict[str, str]:
    """Return the SQL of each table, index and view by its name, as SQLite keeps it."""
    return {sql.split(maxsplit=3)[2]: sql for sql in STATEMENTS}
