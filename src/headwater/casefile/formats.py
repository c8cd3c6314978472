"""Older formats of a case file, made into this one: tables first, then what in their records has changed since.

Works on an open connection and knows nothing of files. Format 1 had no decisions, and one writer who replaced the file.
"""

from __future__ import annotations

import apsw

from headwater.casefile.schema import APPLICATION_ID, SCHEMA_VERSION, STATEMENTS, names

OLDEST = 1


def in_memory(connection: apsw.Connection) -> apsw.Connection:
    """Return a copy of an older case in memory, in the tables of this format. The case itself stays as it is."""
    memory = apsw.Connection(":memory:")
    try:
        with memory.backup("main", connection, "main") as copying:
            while not copying.done:
                copying.step()
        lift(memory)
        memory.execute("PRAGMA trusted_schema = OFF; PRAGMA query_only = ON").fetchall()
    except BaseException:
        memory.close(force=True)
        raise
    return memory


def lift(connection: apsw.Connection) -> None:
    """Give an older case the tables and views of this format. No record changes, and so no digest."""
    expected = names()
    query = "SELECT name, type FROM sqlite_schema WHERE sql IS NOT NULL"
    found = {str(name): kind for name, kind in connection.execute(query)}
    for name in sorted(found.keys() & expected.keys()):
        if found[name] == "view":
            connection.execute(f'DROP VIEW "{name}"')  # a name of ours
            del found[name]
    for name, sql in expected.items():
        if name not in found:
            connection.execute(sql)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}").fetchall()


def create(connection: apsw.Connection) -> None:
    """Make the tables of a new case."""
    for sql in STATEMENTS:
        connection.execute(sql)
