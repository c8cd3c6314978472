"""The tree of what can go wrong: for each a sentence, what is safe, what to do next, and an exit code.

HeadwaterError (1)
├── NothingToRead (1)      no file among the given paths can be a report
├── PathMissing (1)        a given path does not exist
├── BadReports (1)         a table of reports cannot be used as it is
├── BadReportsCsv (1)      reports.csv cannot be understood
├── CannotWrite (1)        the case or dossier cannot be written there
├── WouldOverwrite (1)     the target exists and is not ours to replace
├── NotACase (1)           the file is not a Headwater case
├── NotACorpus (1)         the folder is not a Headwater corpus, or one of another version
├── ReportMissing (1)      a report that was asked for is not in the corpus or case
├── LastReport (1)         a case would be left without a report
├── WithdrawnBefore (1)    a report that was withdrawn from a case would come back
├── NewerCase (1)          the case was written by a newer version
├── BadCheckpoint (1)      a file of checkpoints cannot be used as it is
├── BadStamp (1)           the reply of a time-stamp authority proves nothing about this case
├── ReaderUnusable (1)     the reader asked for is not there or cannot be loaded
├── DamagedModel (1)       a trained model that comes with Headwater is not as it was made
├── CannotDecide (1)       what a person named for a decision is not in the case, or could be several things
├── InUse (1)              another program is writing the case at this moment
├── MustBeEncrypted (1)    names to be protected do not belong into a plain case
├── WeakPassphrase (1)     a new passphrase is too easy to find
├── Locked (5)             the case is encrypted and no passphrase was given, or it was locked
├── WrongPassphrase (5)    the passphrase or recovery code does not open the case
├── WouldLeak (3)          a protected name was found in what was about to be written
├── IntegrityFailure (3)   bytes, anchors, the custody log or the parts of a corpus do not agree
├── Stopped (130)          the person stopped the work
└── InternalError (70)     a defect of Headwater itself

Exit code 2 is wrong usage (reported by the command line); 4 is not an error but "finished, and files that
look like reports could not be read".
"""

from __future__ import annotations

from typing import ClassVar

EXIT_DONE = 0
EXIT_SET_ASIDE = 4


class HeadwaterError(Exception):
    """Something a person must be told. `what` happened, what is `safe`, and what to do `next_step`."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, safe: str = "Nothing was changed.", next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what} {self.safe} {self.next_step}"

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions are rebuilt from their positional arguments alone: without this, none comes back from a process.
        return _again, (type(self), self.what, self.safe, self.next_step)


def _again(kind: type[HeadwaterError], what: str, safe: str, next_step: str) -> HeadwaterError:
    return kind(what, safe=safe, next_step=next_step)


class NothingToRead(HeadwaterError):
    """No file among the given paths can be a report."""


class PathMissing(HeadwaterError):
    """A given path does not exist."""


class BadReports(HeadwaterError):
    """A table of reports lacks what is needed, or says two things of one report."""


class BadReportsCsv(HeadwaterError):
    """The reports.csv beside the reports cannot be understood."""


class CannotWrite(HeadwaterError):
    """The case or dossier cannot be written at the given place."""


class WouldOverwrite(HeadwaterError):
    """The target exists and was not made by Headwater."""


class NotACase(HeadwaterError):
    """The file is not a Headwater case, or is cut short."""


class NotACorpus(HeadwaterError):
    """The folder is not a Headwater corpus, or one that another version wrote."""


class ReportMissing(HeadwaterError):
    """A report that was asked for is not in the corpus or case, or the name given does not tell which it is."""


class LastReport(HeadwaterError):
    """A case would be left without a report."""


class WithdrawnBefore(HeadwaterError):
    """A report that was withdrawn from a case would come back to it, and nobody said that it may."""


class NewerCase(HeadwaterError):
    """The case was written by a newer version of Headwater."""


class BadCheckpoint(HeadwaterError):
    """A file of checkpoints cannot be read, or holds something else."""


class BadStamp(HeadwaterError):
    """What a time-stamp authority answered is not a sound time-stamp of what it should be of."""


class ReaderUnusable(HeadwaterError):
    """The reader asked for, or one that is installed for a language, is not there or cannot be loaded."""


class DamagedModel(HeadwaterError):
    """A trained model that comes with Headwater is missing, or not the one that was made."""


class CannotDecide(HeadwaterError):
    """What a person named for a decision is not in the case, could be several things, or does not go with the verb."""


class InUse(HeadwaterError):
    """Another program, or another run of Headwater, is writing the case at this moment."""


class MustBeEncrypted(HeadwaterError):
    """A case with protected names must be encrypted, and this one is, or would become, a plain file."""


class WeakPassphrase(HeadwaterError):
    """A new passphrase is too short or too simple."""


class Locked(HeadwaterError):
    """The case is encrypted and there is no usable key: no passphrase was given, or the case was locked."""

    exit_code: ClassVar[int] = 5


class WrongPassphrase(HeadwaterError):
    """The passphrase, the recovery code or the key at hand does not open the case."""

    exit_code: ClassVar[int] = 5


class WouldLeak(HeadwaterError):
    """A protected name was found in what was about to leave the case. The sentence does not name it."""

    exit_code: ClassVar[int] = 3


class IntegrityFailure(HeadwaterError):
    """What the case file holds does not agree with its digests, anchors or custody log."""

    exit_code: ClassVar[int] = 3


class Stopped(HeadwaterError):
    """The person stopped the work."""

    exit_code: ClassVar[int] = 130


class InternalError(HeadwaterError):
    """A defect of Headwater itself, told without a stack trace."""

    exit_code: ClassVar[int] = 70

    @classmethod
    def of(cls, failure: str) -> InternalError:
        """Return the defect that `failure` (what failed with what) shows, with how to find its cause."""
        return cls(
            f"Headwater has a defect: {failure}.",
            safe="Your reports were only read; earlier cases and dossiers are unchanged.",
            next_step="Run it again with HEADWATER_DEBUG=1 before the command and send what it prints to the "
            "developers.",
        )
