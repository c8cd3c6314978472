"""Bringing a case of an older format up to date: a backup first, then one transaction, then an event in its log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw

from headwater.casefile import keys
from headwater.casefile.custody import CASE, CustodyObject, Said, next_event, read_log, sound, store_event
from headwater.casefile.database import damaged, opened, WRITING
from headwater.casefile.formats import lift
