"""What is kept outside a case: checkpoints on slips and in files, time-stamps asked for and stored through files."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import headwater

from headwater import casefile
from headwater.casefile import Key, custody, encrypt, new_key
from headwater.casefile.checkpoints import read_checkpoints
from headwater.casefile.kinds import Stamp
from headwater.casefile.stamps import request

sys.path.insert(0, str(Path(__file__).parents[1] / "casefile"))

from make_case import make_case
from stamp_authority import authority, reply, root

ROOT = root()
AUTHORITY = authority(ROOT)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case that was written twice."""
    path = tmp_path / "osk.headwater"
    for minute in range(2):
        now = datetime(2031, 5, 4, 12, minute, tzinfo=UTC)
        casefile.write_case(path, make_case(), now=now, agent="Ada", action="traced")
    return path


def test_a_slip_is_printed_and_its_digest_verifies(case: Path) -> None:
    shown = headwater("checkpoint", case)
    assert shown.exit_code == 0
    assert shown.stderr == ""
    spoken = shown.stdout[shown.stdout.index("Log") + 3 : shown.stdout.index("Case")]
    verified = headwater("verify", case, "--checkpoint", "".join(spoken.split()))
    assert "proven up to event 2." in verified.stdout
    assert "osk" not in shown.stdout


def test_a_file_of_checkpoints_grows_with_the_case(case: Path, tmp_path: Path) -> None:
    kept = tmp_path / "stick" / "kept"
    kept.parent.mkdir()
    first = headwater("checkpoint", case, "--out", kept)
    assert (first.exit_code, first.stdout) == (0, "")
    assert "Added: event 2" in first.stderr
    assert "kept apart" in " ".join(first.stderr.split())
    assert "already stands last" in " ".join(headwater("checkpoint", case, "--out", kept).stderr.split())
    casefile.write_case(case, make_case(), now=datetime(2031, 5, 5, tzinfo=UTC), agent="Ada", action="traced")
    told = json.loads(headwater("checkpoint", case, "--out", kept, "--json").stdout)
    assert (told["event"], told["added"], told["custody_digest"]) == (3, True, custody(case)[-1].digest)
    assert [one.sequence for one in read_checkpoints(kept)] == [2, 3]
    assert "HEADWATER CHECKPOINT" in headwater("checkpoint", case, "--out", kept, "--print").stdout


def test_a_case_that_was_rolled_back_adds_nothing_to_its_checkpoints(case: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    older = shutil.copy(case, tmp_path / "older.headwater")
    casefile.write_case(case, make_case(), now=datetime(2031, 5, 5, tzinfo=UTC), agent="Ada", action="traced")
    assert headwater("checkpoint", case, "--out", kept).exit_code == 0
    before = kept.read_bytes()
    shutil.copy(older, case)
    refused = headwater("checkpoint", case, "--out", kept)
    assert refused.exit_code == 3
    assert "rolled back" in " ".join(refused.stderr.split())
    assert kept.read_bytes() == before


def test_what_is_no_file_of_checkpoints_is_left_alone(case: Path) -> None:
    before = case.read_bytes()
    refused = headwater("checkpoint", case, "--out", case)
    assert refused.exit_code == 1
    assert "not a file of checkpoints" in " ".join(refused.stderr.split())
    assert case.read_bytes() == before


def test_the_request_is_for_the_head_of_the_log(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "head.tsq"
    asked = headwater("stamp", case, "--request", out)
    assert asked.exit_code == 0
    assert "Nothing was sent." in " ".join(asked.stderr.split())
    assert out.read_bytes() == request(custody(case)[-1].digest)
    again = headwater("stamp", case, "--request", out)
    assert again.exit_code == 1
    assert "There is a file" in " ".join(again.stderr.split())
    told = json.loads(headwater("stamp", case, "--request", tmp_path / "b.tsq", "--json").stdout)
    assert told["custody_digest"] == custody(case)[-1].digest
    assert headwater("stamp", case, "--request", tmp_path / "none" / "x").exit_code == 1


Stored = list[tuple[Stamp, bytes, str]]


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Stored:
    """What a command gives the case file to store."""
    kept: Stored = []

    def add_stamp(_: Path, stamp: Stamp, data: bytes, *, now: datetime, agent: str, key: Key | None) -> None:
        assert now.tzinfo is not None
        assert key is None
        kept.append((stamp, data, agent))

    monkeypatch.setattr(casefile, "add_stamp", add_stamp, raising=False)
    return kept


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_good_reply_is_stored_with_its_root(case: Path, tmp_path: Path, stored: Stored) -> None:
    event = custody(case)[0]  # the request was made earlier, the case went on
    answer = _put(tmp_path / "head.tsr", reply(event.digest, AUTHORITY))
    given = _put(tmp_path / "root.pem", ROOT.pem)
    done = headwater("stamp", case, "--reply", answer, "--root", given, "--by", "Ada")
    assert done.exit_code == 0
    assert "CN=Invented Time-Stamps says that event 1 existed at 2031-05-05T08:30:15Z." in done.stdout
    assert "lead to a root that you gave" in done.stdout
    ((stamp, data, agent),) = stored
    assert (stamp.sequence, stamp.digest, agent, data) == (1, event.digest, "Ada", answer.read_bytes())
    assert stamp.roots == (ROOT.pem.decode(),)
    without = headwater("stamp", case, "--reply", answer)
    assert "Whose it is was not checked" in without.stdout
    told = json.loads(headwater("stamp", case, "--reply", answer, "--json").stdout)
    assert (told["event"], told["chain_checked"]) == (1, False)


Answer = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda _: reply("0" * 64, AUTHORITY), "something else than this case"),
        (lambda digest: reply(digest, AUTHORITY)[:-9], "cut short"),
        (lambda digest: reply(digest, authority(root("Another Root"), "Another")), "does not lead to the root"),
    ],
    ids=["of another", "cut short", "by another"],
)
def test_no_other_reply_is_stored(case: Path, tmp_path: Path, stored: Stored, answer: Answer, why: str) -> None:
    data = _put(tmp_path / "head.tsr", answer(custody(case)[-1].digest))
    refused = headwater("stamp", case, "--reply", data, "--root", _put(tmp_path / "root.pem", ROOT.pem))
    assert refused.exit_code == 1
    assert why in " ".join(refused.stderr.split())
    assert stored == []


def test_wrong_usage_is_said(case: Path, tmp_path: Path) -> None:
    for words in ((), ("--request", "a", "--reply", "b"), ("--request", "a", "--root", "b")):
        assert headwater("stamp", case, *words).exit_code == 2
    missing = headwater("stamp", case, "--reply", tmp_path / "none.tsr")
    assert missing.exit_code == 1
    assert "cannot be read" in " ".join(missing.stderr.split())


def test_an_encrypted_case_gives_its_checkpoint_and_request_to_who_has_the_passphrase(
    case: Path, tmp_path: Path
) -> None:
    words = "nine grey herons over Sellmouth harbour"
    key = new_key(words)
    encrypt(case, key, now=datetime(2031, 5, 5, tzinfo=UTC), agent="Ada")
    head = custody(case, key=key)[-1]
    given = _put(tmp_path / "passphrase", words.encode())
    kept, asked = tmp_path / "kept", tmp_path / "head.tsq"
    done = headwater("checkpoint", case, "--out", kept, "--passphrase-file", given)
    assert done.exit_code == 0, done.stderr
    assert [one.digest for one in read_checkpoints(kept)] == [head.digest]
    assert headwater("stamp", case, "--request", asked, "--passphrase-file", given).exit_code == 0
    assert asked.read_bytes() == request(head.digest)
    for refused in (headwater("checkpoint", case), headwater("stamp", case, "--request", tmp_path / "b.tsq")):
        assert (refused.exit_code, refused.stdout) == (5, "")
    assert not (tmp_path / "b.tsq").exists()
