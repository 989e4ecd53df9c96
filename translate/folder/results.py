"""What became of the files of a job, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from passerelle.translate.documents import DocumentOptions
from passerelle.translate.translation import Translation

TRANSLATED, BEFORE, EDITED, FAILED = "translated", "finished before", "edited by hand", "failed"


@dataclass(frozen=True)
class Extra:
    """A file that is written beside each translation.

    ``ending``: what is added to the name of the source.  ``make(translation, name)``: its content.  ``signature``:
    what makes the content, beside the translation; where it changes the file is made again.
    """

    ending: str
    make: Callable[[Translation, str], bytes]
    signature: str = ""


@dataclass(frozen=True)
class JobOptions:
    """What a user may choose for a folder.

    ``include``, ``exclude``: globs, see ``passerelle.translate.folder.walk.Globs``.  ``documents``: what is translated
    of a .csv or a .json.  ``extras``: files written beside each translation.  ``report``: write an index of all files,
    as a page and as JSON lines.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    documents: DocumentOptions = field(default_factory=DocumentOptions)
    extras: tuple[Extra, ...] = ()
    report: bool = False


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    ``name``: its path below the folder.  ``state``: ``"translated"``, ``"finished before"``, ``"edited by hand"``
    (and so left as it is) or ``"failed"``.  ``words``, ``sentences``: of the source.  ``flags``: sentences to check.
    ``messages``: the error or the notices.  ``results``: what was written, as paths below OUT.
    """

    name: str
    state: str
    words: int = 0
    sentences: int = 0
    flags: int = 0
    messages: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True)
class FolderReport:
    """What became of a folder.

    ``files``: one FileReport a file, in order.  ``ignored``: the files of formats that are not read.  ``total``: how
    many files there are to translate; more than ``files`` where the job was stopped.  ``indexes``: the reports
    written.
    """

    files: tuple[FileReport, ...]
    ignored: tuple[str, ...] = ()
    total: int = 0
    indexes: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """The files that could not be translated."""
        return tuple(file for file in self.files if file.state == FAILED)

    @property
    def interrupted(self) -> bool:
        """Whether the job was stopped before its end."""
        return len(self.files) < self.total


@dataclass(frozen=True)
class Pace:
    """How far a job is: ``files`` of ``total``, ``words`` in this run, their speed, and how long the rest will take.

    ``words_per_second`` and ``seconds_left`` are None as long as nobody can tell.
    """

    files: int
    total: int
    words: int
    words_per_second: float | None = None
    seconds_left: float | None = None
