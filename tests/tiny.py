"""Tiny checkpoints made on the spot: random weights from a seed, but real files of every kind."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, T5Config, T5ForConditionalGeneration

LINES = """\
Le chat dort sur la chaise près de la fenêtre.
Bonjour, comment allez-vous ce matin ?
Plusieurs milliers de soldats suivent un entraînement militaire intense.
La semaine dernière, des responsables ont déclaré que rien n'était clair.
Il a ajouté que le commandement pourrait les déployer d'ici la fin 2024.
Nous avons visité le musée, puis nous sommes rentrés à la maison.
L'hôpital a été fermé pendant l'été ; où étaient les médecins ?
Combien coûte ce billet de train pour Lyon ou Marseille ?
The cat sleeps on the chair near the window.
Hello, how are you this morning?
Several thousand soldiers are undergoing intense military training.
Last week officials said that nothing was clear.
He added that the command could deploy them by the end of 2024.
We visited the museum, then we went back home.
The hospital was closed during the summer; where were the doctors?
How much is this train ticket to Lyon or Marseille?
"""


def marian(
    folder: Path,
    *,
    seed: int = 0,
    vocabulary: int = 200,
    width: int = 32,
    layers: tuple[int, int] = (2, 1),
    limit: int = 64,
    zero_pad: bool = True,
    dtype: torch.dtype = torch.float32,
    codes: tuple[str, ...] = (),
) -> Path:
    """Write a MarianMT checkpoint of random weights into ``folder`` and return that.

    ``vocabulary``: pieces that sentencepiece learns from a few French and English lines.  ``layers``: encoder,
    decoder.  ``limit``: positions.  ``zero_pad``: whether ``<pad>`` has a zero embedding, as in OPUS-MT.
    ``codes``: language codes such as ``">>fra<<"`` added to the vocabulary.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pieces = _sentencepiece(folder / "source.spm", vocabulary)
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    tokens = ["</s>", "<unk>", *(p for p in pieces if p not in ("<s>", "</s>", "<unk>")), *codes, "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}), encoding="utf-8")
    settings = {
        "source_lang": "fr",
        "target_lang": "en",
        "tokenizer_class": "MarianTokenizer",
        "model_max_length": limit,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    pad = len(tokens) - 1
    torch.manual_seed(seed)
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(tokens),
            d_model=width,
            encoder_layers=layers[0],
            decoder_layers=layers[1],
            encoder_attention_heads=4,
            decoder_attention_heads=4,
            encoder_ffn_dim=2 * width,
            decoder_ffn_dim=2 * width,
            max_position_embeddings=limit,
            activation_function="swish",
            scale_embedding=True,
            share_encoder_decoder_embeddings=True,
            init_std=0.3,
            pad_token_id=pad,
            decoder_start_token_id=pad,
            eos_token_id=0,
            forced_eos_token_id=0,
            bos_token_id=None,
        )
    )
    with torch.no_grad():
        model.model.shared.weight[pad] = 0.0 if zero_pad else 0.5
        # </s> now and then, so that some outputs end and others run to the limit.
        model.final_logits_bias[0, 0] = 2.0
    model.generation_config.update(max_length=limit, num_beams=4, bad_words_ids=[[pad]], forced_eos_token_id=0)
    return _save(model.to(dtype), folder)


def t5(folder: Path, *, seed: int = 0, vocabulary: int = 200, width: int = 32) -> Path:
    """Write a T5 checkpoint of random weights into ``folder`` and return that."""
    from transformers import T5Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    pieces = [(piece, -float(rank)) for rank, piece in enumerate(_sentencepiece(folder / "spiece.model", vocabulary))]
    special = [(token, 0.0) for token in ("<pad>", "</s>", "<unk>")]
    tokenizer = T5Tokenizer(special + [pair for pair in pieces if pair[0] not in ("<s>", "</s>", "<unk>")], extra_ids=0)
    torch.manual_seed(seed)
    model = T5ForConditionalGeneration(
        T5Config(
            vocab_size=len(tokenizer),
            d_model=width,
            d_kv=8,
            d_ff=2 * width,
            num_layers=2,
            num_heads=4,
            decoder_start_token_id=0,
        )
    )
    tokenizer.save_pretrained(str(folder))
    return _save(model, folder)


def bart(folder: Path, *, seed: int = 0, width: int = 32) -> Path:
    """Write a BART checkpoint of random weights, its vocabulary one of bytes, into ``folder`` and return that."""
    from transformers import BartConfig, BartForConditionalGeneration
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    folder.mkdir(parents=True, exist_ok=True)
    tokens = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *sorted(bytes_to_unicode().values())]
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "BartTokenizer"}), encoding="utf-8")
    torch.manual_seed(seed)
    settings = BartConfig(
        vocab_size=len(tokens),
        d_model=width,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=2 * width,
        decoder_ffn_dim=2 * width,
        max_position_embeddings=512,
        init_std=0.3,
    )
    model = BartForConditionalGeneration(settings)
    # As published summarisers have it: a least length that a short text cannot fill.
    model.generation_config.update(
        min_length=56, max_length=142, num_beams=4, length_penalty=2.0, no_repeat_ngram_size=3, forced_bos_token_id=0
    )
    return _save(model, folder)


def _sentencepiece(path: Path, size: int) -> list[str]:
    writer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES.splitlines()),
        model_writer=writer,
        vocab_size=size,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    path.write_bytes(writer.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def _save(model: torch.nn.Module, folder: Path) -> Path:
    with contextlib.redirect_stderr(io.StringIO()):
        model.save_pretrained(str(folder))
    return folder
