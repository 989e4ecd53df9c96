"""Which device and which number format, and one line that says why."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from passerelle.seq2seq.errors import EngineError
from passerelle.seq2seq.extras import require

NUMBER_FORMATS = ("float32", "bfloat16", "float16", "int8", "int8_float32", "int8_float16")


@dataclass(frozen=True)
class Device:
    """Where an engine runs.

    ``kind``: ``"cpu"`` or ``"cuda"``.  ``number_format``: ``"float32"``, ``"bfloat16"``, ``"float16"``,
    ``"int8"``, ``"int8_float32"`` or ``"int8_float16"``.  ``reason``: one line for the user.
    """

    kind: str
    number_format: str
    reason: str

    def __str__(self) -> str:
        return f"{self.kind}, {self.number_format} ({self.reason})"


def probe(device: str = "auto", number_format: str = "auto", engine: str = "ctranslate2") -> Device:
    """Return the device and the number format for ``engine``, chosen from what this machine has.

    ``device``: ``"auto"`` (a GPU where the engine sees one), ``"cpu"`` or ``"cuda"``.  ``number_format``:
    ``"auto"`` (the fastest that keeps the quality) or one of ``NUMBER_FORMATS``.  ``engine``:
    ``"ctranslate2"`` or ``"pytorch"``.  Raises EngineError for what this machine or engine cannot do.
    """
    if device not in ("auto", "cpu", "cuda"):
        raise EngineError(f"unknown device {device!r}: choose auto, cpu or cuda")
    if number_format not in ("auto", *NUMBER_FORMATS):
        raise EngineError(f"unknown number format {number_format!r}: choose auto or one of {', '.join(NUMBER_FORMATS)}")
    machine = _ctranslate2_machine if engine == "ctranslate2" else _pytorch_machine
    seen = machine("cuda") if device in ("auto", "cuda") else {}
    kind = "cuda" if seen else "cpu"
    if device == "cuda" and not seen:
        raise EngineError(f"{engine} sees no GPU here: use device 'cpu', or install a build of it with CUDA")
    where = f"{'asked for' if device != 'auto' else 'GPU found' if seen else 'no GPU found'}"
    formats = seen or machine("cpu")
    if number_format == "auto":
        best, why = next(iter(formats.items()))
        return Device(kind, best, f"{where}; {why}")
    if number_format not in formats:
        raise EngineError(f"{engine} has no {number_format} on this {kind}: choose auto or one of {', '.join(formats)}")
    return Device(kind, number_format, f"{where}; {number_format} asked for")


def _ctranslate2_machine(kind: str) -> dict[str, str]:
    """Number formats that CTranslate2 has on ``kind``, best first, each with the reason to take it."""
    import ctranslate2

    if kind == "cuda" and not ctranslate2.get_cuda_device_count():
        return {}
    supported = ctranslate2.get_supported_compute_types(kind)
    narrow = "" if cpu_sums_int8_exactly() else " without VNNI, so weights keep a bit free"
    preferred = (
        {
            "float16": "GPU computes in float16",
            "int8_float16": "GPU computes in int8",
            "bfloat16": "GPU computes in bfloat16",
            "int8_float32": "GPU computes in int8",
            "int8": "GPU computes in int8",
            "float32": "GPU has no faster number format",
        }
        if kind == "cuda"
        else {
            "int8": f"CPU computes in int8{narrow}",
            "int8_float32": f"CPU computes in int8{narrow}",
            "float32": "CPU has no faster number format",
        }
    )
    return {name: why for name, why in preferred.items() if name in supported}


def _pytorch_machine(kind: str) -> dict[str, str]:
    """Number formats that PyTorch has on ``kind``, best first, each with the reason to take it."""
    require("torch", "the engine pytorch")
    import torch

    if kind == "cuda":
        if not torch.cuda.is_available():
            return {}
        name = torch.cuda.get_device_name()
        if torch.cuda.get_device_capability() >= (8, 0):
            return {"bfloat16": f"{name} computes in bfloat16", "float16": "", "float32": ""}
        return {"float16": f"{name} computes in float16", "float32": ""}
    if cpu_has_bfloat16():
        return {"bfloat16": "CPU has bfloat16 instructions", "float32": ""}
    return {"float32": "CPU has no bfloat16 instructions", "bfloat16": ""}


def cpu_has_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 matrices itself (AVX512-BF16 or AMX), as far as Linux tells."""
    return bool(_cpu_flags() & {"avx512_bf16", "amx_bf16"})


def cpu_sums_int8_exactly() -> bool:
    """Whether this CPU adds products of int8 in 32 bits (VNNI, AMX, ARM); an x86 one that does not tell does not."""
    if platform.machine().lower() in ("arm64", "aarch64"):
        return True
    return bool(_cpu_flags() & {"avx512_vnni", "avx_vnni", "amx_int8"})


def _cpu_flags() -> set[str]:
    information = Path("/proc/cpuinfo")
    return set(information.read_text(encoding="utf-8", errors="replace").split()) if information.exists() else set()
