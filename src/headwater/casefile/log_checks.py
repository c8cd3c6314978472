"""The checks of verify that look at the custody log: is it whole, does it name this case, is its end proven? Pure."""

from __future__ import annotations

from headwater.casefile.checks import Check, Damage, answer, many, unreadable
from headwater.casefile.custody import CASE, last_naming
from headwater.casefile.evidence import Evidence
from headwater.casefile.kinds import KEPT, KINDS


def custody_log(evidence: Evidence) -> Check:
    """Every event has its digest and continues the one before it."""
    damages = list(unreadable(evidence, "custody"))
    damages += [Damage("custody", entry.sequence, None, fault) for entry in evidence.log for fault in entry.faults]
    if not evidence.log and not damages:
        damages.append(Damage("custody", None, None, "the log is empty"))
    back = [str(entry.sequence) for entry in evidence.log if entry.event and entry.event.clock_set_back]
    clock = f" At event {', '.join(back)} the clock had been set back." if back else ""
    return answer(
        "custody log", f"{many(len(evidence.log), 'event')} checked: each continues the one before.{clock}", damages
    )


def case_as_recorded(evidence: Evidence) -> Check:
    """The case and each table are those that the last custody event that names them names."""
    events = [entry.event for entry in evidence.log if entry.event is not None]
    case = last_naming(events, CASE)
    if case is None:
        missing = Damage("custody", len(evidence.log) or None, None, "no readable event names the case")
        return answer("case as recorded", "", [missing])
    damages = list(unreadable(evidence, *evidence.rows))
    for table in (*KINDS, *KEPT):
        now = evidence.tables.get(table.name)
        named = last_naming(events, table.name)
        # A table that came with a later format is empty until an event names it.
        before = (0, now[1] if now else "") if named is None else (named.count, named.sha256)
        if now is not None and before != now:
            what = f"had {before[0]} records by the last custody event that names it, and has {now[0]}, or others"
            damages.append(Damage(table.name, None, None, what))
    if case.sha256 != evidence.case_digest and not damages:
        damages.append(Damage("custody", None, None, "the last event that names a case names another one than this"))
    return answer("case as recorded", "All tables are those that the custody log names.", damages)
