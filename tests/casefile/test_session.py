from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sealed import some_key

from headwater.casefile import Session
from headwater.errors import Locked

PATH = Path("river.headwater")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_a_session_gives_its_key_while_it_is_used_and_locks_when_it_is_not() -> None:
    clock, key, told = Clock(), some_key(), list[str]()
    session = Session(PATH, key, idle_seconds=900, clock=clock, on_lock=lambda: told.append("locked"))
    for _ in range(5):
        clock.seconds += 899
        assert session.key is key
    clock.seconds += 900
    assert session.locked
    assert told == ["locked"]
    with pytest.raises(Locked, match="nobody used it"):
        _ = session.key
    with pytest.raises(Locked):
        key.secret()
    session.lock()
    assert told == ["locked"]


def test_looking_does_not_count_as_use() -> None:
    clock = Clock()
    session = Session(PATH, some_key(), idle_seconds=900, clock=clock)
    looked = []
    for _ in range(10):
        clock.seconds += 99
        looked.append(session.locked)
    assert looked == [False] * 9 + [True]


def test_a_clock_set_back_locks_and_a_slight_correction_does_not() -> None:
    clock = Clock()
    session = Session(PATH, some_key(), clock=clock)
    clock.seconds -= 2
    assert session.key
    clock.seconds -= 3600
    assert session.locked


def test_the_end_of_the_block_locks_also_after_an_error() -> None:
    key = some_key()
    with pytest.raises(KeyError), Session(PATH, key, clock=Clock()) as session:
        raise KeyError
    assert session.locked
    with pytest.raises(Locked):
        key.secret()


def test_a_session_of_a_plain_case_locks_likewise() -> None:
    session = Session(PATH, None, clock=Clock())
    assert session.key is None
    session.lock()
    with pytest.raises(Locked):
        _ = session.key


def test_nothing_of_the_key_is_shown() -> None:
    key = some_key()
    session = Session(PATH, key, clock=Clock())
    assert repr(session) == "<Session of river.headwater: open>"
    session.lock()
    assert repr(session) == "<Session of river.headwater: locked>"


def test_the_timer_locks_by_itself() -> None:
    key = some_key()
    done = threading.Event()
    Session(PATH, key, idle_seconds=0.2, clock=time.time, on_lock=done.set)
    assert done.wait(30)
    with pytest.raises(Locked):
        key.secret()


def test_the_end_of_the_process_wipes_and_the_timer_holds_nobody_up() -> None:
    code = (
        "import atexit, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from headwater.casefile import Key, Session\n"
        "key = Key(bytes(range(32)), b'Hdw' + bytes(13))\n"
        "atexit.register(lambda: print(bytes(key._secret) == bytes(32)))\n"
        "session = Session(Path('a'), key, clock=lambda: 0.0)\n"
    )
    src = str(Path(__file__).parents[2] / "src")
    done = subprocess.run([sys.executable, "-c", code, src], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.returncode) == ("True\n", 0), done.stderr
