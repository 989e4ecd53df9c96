"""A checkpoint ready to run: tokenizer, engine and batching behind three methods."""

from __future__ import annotations

import functools
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from typing import Any

from passerelle.seq2seq.batching import Recent, halving, windows
from passerelle.seq2seq.checkpoint import Checkpoint, fingerprint
from passerelle.seq2seq.device import probe
from passerelle.seq2seq.engine import Decoding, Engine, Hypothesis
from passerelle.seq2seq.errors import CheckpointDamaged, EngineError
from passerelle.seq2seq.output import NBest, Output
from passerelle.seq2seq.session import Key, Pending, Session
from passerelle.seq2seq.tokenizer import Tokenizer, load_tokenizer

_REMEMBERED = 4096


class Model:
    """One checkpoint on one engine; made by ``Model.load``.

    ``checkpoint``, ``tokenizer``, ``engine``: its parts.  ``limit``: the longest source in tokens, ``</s>``
    included.  May be used by several threads.
    """

    def __init__(self, checkpoint: Checkpoint, tokenizer: Tokenizer, engine: Engine, limit: int, why: str) -> None:
        self.checkpoint = checkpoint
        self.tokenizer = tokenizer
        self.engine = engine
        self.limit = limit
        self._why = why
        self._process = os.getpid()
        self._recent: Recent[Key, NBest] = Recent(_REMEMBERED)

    @classmethod
    def load(
        cls, checkpoint: Checkpoint, *, engine: str = "auto", device: str = "auto", number_format: str = "auto"
    ) -> Model:
        """Return ``checkpoint`` ready to run.

        ``engine``: ``"auto"`` (CTranslate2 where it can run this checkpoint, else PyTorch), ``"ctranslate2"``
        or ``"pytorch"``; ``device`` and ``number_format``: see ``passerelle.seq2seq.device.probe``.  Raises
        CheckpointDamaged for files that cannot be read, EngineError for what this machine does not have.
        """
        config = _read_config(checkpoint)
        loaded, why = _load_engine(checkpoint, engine, device, number_format)
        tokenizer = load_tokenizer(checkpoint.path, str(config.get("model_type")))
        limit = config.get("max_position_embeddings") or config.get("n_positions") or 512
        return cls(checkpoint, tokenizer, loaded, int(limit), why)

    def count(self, text: str) -> int:
        """Return how many tokens ``text`` has, ``</s>`` included."""
        return len(self.tokenizer.encode([text])[0])

    def knows(self, sign: str) -> bool:
        """Whether the vocabulary has a token for ``sign``."""
        return self.tokenizer.knows(sign)

    def run(
        self,
        texts: Iterable[str],
        decoding: Decoding = Decoding(),  # noqa: B008
        *,
        window: int = 1024,
    ) -> Iterator[Output]:
        """Yield the best output for each text, in order, as soon as it is there.

        The others that ``decoding.hypotheses`` asks for cost no search: ``hypotheses`` has them for a while.
        ``texts`` is read one window ahead of the outputs: nine texts before the first output, a few thousand
        at most.  A text that came before is not run again.  Closing the iterator stops the work at the next batch.
        ``window``: how many texts are sorted by length together; fewer come out sooner, more run faster.
        Raises ValueError for a text of more than ``limit`` tokens: nothing is ever cut.
        """
        ahead: deque[list[Pending]] = deque()
        with self.session() as session:
            for group in windows(texts, largest=window):
                ahead.append(session.submit(group, decoding))
                # One window is being written out while the next one is already with the engine.
                if len(ahead) > 1:
                    yield from (pending.result().best for pending in ahead.popleft())
            while ahead:
                yield from (pending.result().best for pending in ahead.popleft())

    def session(self) -> Session:
        """Return a way to give the model texts one after the other, for use in ``with``; see ``Session.submit``."""
        self._check_process()
        return Session(self.engine, self._encode, self._generate, self._recent)

    def hypotheses(self, text: str, decoding: Decoding) -> tuple[Output, ...]:
        """Return ``decoding.hypotheses`` outputs for ``text``, best first; raises ValueError as ``run`` does.

        What ``run`` found with the same ``decoding`` lately is not searched for again.
        """
        self._check_process()
        found = self._recent.get((text, decoding))
        if found is None:
            (found,) = self._generate(self._encode([text]), decoding)
        return found.outputs()

    def forget(self) -> None:
        """Keep nothing of the texts that were run so far."""
        self._recent.clear()

    def signature(self, decoding: Decoding) -> str:
        """Return what makes an output, in one word: checkpoint, engine, number format, beam and versions."""
        name = f"{self.checkpoint.path.name}@{self._fingerprint[:7]}"
        beam = f"beam:{decoding.beam}"
        if decoding.no_repeat_ngram:
            beam += f",no-repeat:{decoding.no_repeat_ngram}"
        engine = f"{self.engine.name}:{self.engine.version}"
        return "|".join((name, engine, self.engine.device.number_format, beam, f"passerelle:{version()}"))

    @functools.cached_property
    def _fingerprint(self) -> str:
        return fingerprint(self.checkpoint.path)

    def __repr__(self) -> str:
        return (
            f"<Model {self.checkpoint.name} ({self.checkpoint.reason}), {self.engine.name} ({self._why}),"
            f" {self.engine.device}>"
        )

    def _check_process(self) -> None:
        """Raise EngineError in a process that was forked: the engine's threads stayed in the other."""
        if os.getpid() != self._process:
            raise EngineError(
                "the model was loaded before this process was forked, and cannot run in it: load it in the new "
                "process, or start processes with multiprocessing.get_context('spawn')"
            )

    def _generate(self, sources: Sequence[Sequence[int]], decoding: Decoding) -> list[NBest]:
        try:
            found = halving(lambda batch: self.engine.generate(batch, decoding), sources)
        except MemoryError as error:
            raise EngineError(f"a single text does not fit into the memory of {self.engine.device.kind}") from error
        best = self._outputs(sources, [hypotheses[0] for hypotheses in found])
        rests = [rest for _, *rest in found]
        return [NBest(*each, self._outputs) for each in zip(sources, best, rests, strict=True)]

    def _outputs(self, sources: Sequence[Sequence[int]], hypotheses: Sequence[Hypothesis]) -> list[Output]:
        texts = self.tokenizer.decode([hypothesis.tokens for hypothesis in hypotheses])
        return [
            Output(text, found.score, found.finished, len(found.tokens), self._links(source, found))
            for text, source, found in zip(texts, sources, hypotheses, strict=True)
        ]

    def _links(self, source: Sequence[int], found: Hypothesis) -> tuple[tuple[int, int], ...]:
        """Return the word links of a hypothesis: each target word goes to where most of its tokens looked.

        A first word of which nothing is known goes to the first of the source, where no other word does.
        """
        source_words = self.tokenizer.words(source[:-1])
        votes: dict[int, list[int]] = {}
        # Not strict: a checkpoint that aligns nothing gives no positions.
        for position, word in zip(found.aligned, self.tokenizer.words(found.tokens), strict=False):
            if word >= 0 and 0 <= position < len(source_words) and source_words[position] >= 0:
                votes.setdefault(word, []).append(source_words[position])
        links = [(each[0] if len(each) == 1 else max(each, key=each.count), word) for word, each in votes.items()]
        if links and 0 not in votes and all(source for source, _ in links):
            links.insert(0, (0, 0))
        return tuple(links)

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of ``texts``; raises ValueError for one that is too long."""
        sources = self.tokenizer.encode(texts)
        for text, ids in zip(texts, sources, strict=True):
            if len(ids) > self.limit:
                shown = f"{text[:40]!r}…"
                raise ValueError(f"a text of {len(ids)} tokens, the model reads {self.limit}: split it ({shown})")
        return sources


def _load_engine(checkpoint: Checkpoint, wanted: str, device: str, number_format: str) -> tuple[Engine, str]:
    """Return the engine and why it is this one."""
    from passerelle.seq2seq.conversion import NotConvertible
    from passerelle.seq2seq.pytorch import PyTorchEngine

    if wanted not in ("auto", "ctranslate2", "pytorch"):
        raise EngineError(f"unknown engine {wanted!r}: choose auto, ctranslate2 or pytorch")
    if wanted == "pytorch":
        return PyTorchEngine(checkpoint.path, probe(device, number_format, "pytorch")), "asked for"
    try:
        from passerelle.seq2seq.ctranslate2 import CTranslate2Engine

        chosen = probe(device, number_format, "ctranslate2")
        engine = CTranslate2Engine(checkpoint.path, chosen, fingerprint(checkpoint.path))
    except (ImportError, NotConvertible) as error:
        if wanted == "ctranslate2":
            raise EngineError(f"CTranslate2 cannot run {checkpoint.name}: {error}; use engine 'pytorch'") from error
        fallback = PyTorchEngine(checkpoint.path, probe(device, number_format, "pytorch"))
        return fallback, f"CTranslate2 cannot run this checkpoint: {error}"
    return engine, "asked for" if wanted == "ctranslate2" else "the fastest that runs this checkpoint"


@functools.cache
def version() -> str:
    """The version of this package, for signatures."""
    try:
        return metadata.version("passerelle")
    except metadata.PackageNotFoundError:
        return "not-installed"


def _read_config(checkpoint: Checkpoint) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((checkpoint.path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointDamaged(f"{checkpoint.path}: config.json cannot be read ({error}); fetch it again") from None
    return config
