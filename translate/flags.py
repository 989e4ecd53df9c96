"""What is doubtful about a sentence: of which kind, how grave, where, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum, StrEnum
from typing import Any

Span = tuple[int, int]

SEVERITIES = ("note", "doubt", "error")
"""From what asks for nothing to what is probably wrong."""


class Kind(StrEnum):
    """What a flag is about."""

    TRUNCATED = "truncated"
    EMPTY = "empty"
    REPETITION = "repetition"
    UNTRANSLATED = "untranslated"
    LENGTH = "length"
    MISSING_TAIL = "missing tail"
    MISSING_PART = "missing part"
    MISSING_WORD = "missing word"
    NUMBER = "number"
    UNIT = "unit"
    SIGN = "sign"
    PLACEHOLDER = "placeholder"
    NAME = "name"
    LETTERS = "letters"
    NEGATION = "negation"
    NON_WORD = "made-up word"
    LOW_CONFIDENCE = "low confidence"
    GLOSSARY = "glossary"
    COPIED = "carried over"


class Reason(Enum):
    """What can be said of a sentence: a code, which is the name in small letters, and how English words it.

    Other languages word the codes elsewhere, the page in ``ui/assets/reasons.js``.
    """

    UNFINISHED = "the model did not come to an end; the rest may be missing"
    NOTHING = "the model gave nothing; the French stands"
    NOTHING_USABLE = "the model gave nothing usable; the French stands"
    UNSURE = "the model was unsure ({} per word piece)"
    SHORT = "short for its source: {} characters for {}"
    LONG = "long for its source: {} characters for {}"
    END_MISSING = "“{}” seems to be missing at the end"
    MISSING = "“{}” seems to be missing"
    NOT_IN_ENGLISH = "{} of the French is not in the English"
    NOT_IN_FRENCH = "{} is not in the French"
    NUMBERS_BECAME = "{} of the French became {}"
    BECAME = "{} became {}"
    MINUS_LOST = "the minus of {} is lost"
    CURRENCY_LOST = "{} are lost"
    PER_CENT_LOST = "the per cent sign is lost"
    KNOWN_NAME = "“{}” is “{}” in English, and did not become that"
    NON_WORD = "“{}” is not known to be an English word"
    DENIAL_LOST = "the French says no, the English does not"
    DENIAL_ADDED = "the English says no, the French does not"
    PARTLY_FRENCH = "some of this is still in French"
    ALL_FRENCH = "this is the French as it stands"
    FROM_DICTIONARY = "“{}” was left; “{}” is the dictionary's"
    PHRASE_IN_A_ROW = "“{}” occurs {} times in a row"
    PHRASE_TWICE = "a phrase comes twice that the French has once"
    SIGN_WITHOUT_END = "a letter or mark is repeated without end"
    REPEATS_ITSELF = "the English repeats itself"
    NUMBER_CORRECTED = "a number was put right from the French"
    TERM_LOST = "“{}” should be “{}”"
    TERM_CHANGED = "“{}” should stay"
    NO_FRENCH_IN_IT = "carried over as it is: nothing in it is French text"
    OTHER_LANGUAGE = "not French (it looks like “{}”): copied over as it is"
    OTHER = "{}"

    @property
    def code(self) -> str:
        """Its name as it travels."""
        return self.name.lower()


@dataclass(frozen=True)
class Message:
    """What is said of one sentence: the ``values`` that are put into the wording of ``reason``, in their order."""

    reason: Reason
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.reason.value.count("{}") != len(self.values):
            raise ValueError(f"“{self.reason.value}” does not take {len(self.values)} values")

    @classmethod
    def of(cls, reason: Reason, *values: object) -> Message:
        """Return the message with ``values`` as texts."""
        return cls(reason, tuple(map(str, values)))

    def __str__(self) -> str:
        return self.reason.value.format(*self.values)


@dataclass(frozen=True)
class Flag:
    """A doubt about one sentence, or a note.

    ``message`` says why.  ``severity``: ``"note"``, ``"doubt"`` or ``"error"``.  ``spans``, ``target_spans``: what it
    is about, in characters of ``Sentence.source`` and of ``Sentence.text``; empty where it is the whole sentence.
    """

    kind: Kind
    message: Message
    severity: str = "doubt"
    spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()

    @property
    def is_doubt(self) -> bool:
        """Whether it asks for a look: notes do not."""
        return self.severity != "note"

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON: ``message`` in English, and the ``code`` and ``values`` that it is made of."""
        words = {"message": str(self.message), "code": self.message.reason.code, "values": list(self.message.values)}
        return asdict(self) | {"kind": self.kind.value} | words

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Flag:
        """Return what ``to_dict`` gave; one that was kept before messages had codes has its English."""
        if "code" in found:
            message = Message(Reason[found["code"].upper()], tuple(found["values"]))
        else:
            message = Message.of(Reason.OTHER, found["message"])
        spans, target_spans = (tuple((start, end) for start, end in found[name]) for name in ("spans", "target_spans"))
        return cls(Kind(found["kind"]), message, found["severity"], spans, target_spans)
