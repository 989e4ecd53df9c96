from __future__ import annotations

import platform
from pathlib import Path

import ctranslate2
import pytest
import torch

from passerelle.seq2seq import device
from passerelle.seq2seq.device import Device, probe
from passerelle.seq2seq.errors import EngineError

GPU = torch.cuda.is_available()


def cpu_with(monkeypatch: pytest.MonkeyPatch, *flags: str) -> None:
    monkeypatch.setattr(device, "_cpu_flags", lambda: set(flags))


def test_cpu_formats_follow_what_the_cpu_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    cpu_with(monkeypatch, "avx2")
    assert probe("cpu", engine="pytorch").number_format == "float32"
    found = probe("cpu", engine="ctranslate2")
    assert found.number_format == "int8"
    assert "VNNI" in found.reason
    cpu_with(monkeypatch, "avx512_bf16", "avx512_vnni")
    assert probe("cpu", engine="pytorch").number_format == "bfloat16"
    assert "VNNI" not in probe("cpu", engine="ctranslate2").reason
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    cpu_with(monkeypatch)
    assert device.cpu_sums_int8_exactly()


def test_a_cpu_without_int8_computes_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda kind: {"float32"})
    assert probe("cpu").number_format == "float32"


def test_formats_of_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(
        ctranslate2, "get_supported_compute_types", lambda kind: {"float32", "float16", "int8_float16", "bfloat16"}
    )
    assert probe().kind == "cuda"
    assert probe().number_format == "float16"
    assert probe(number_format="int8_float16").number_format == "int8_float16"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "a GPU")
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (7, 5))
    assert probe(engine="pytorch").number_format == "float16"
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (9, 0))
    assert probe(engine="pytorch").number_format == "bfloat16"


def test_wishes_that_cannot_be_met() -> None:
    with pytest.raises(EngineError, match="unknown number format"):
        probe(number_format="float8")
    with pytest.raises(EngineError, match="has no float16"):
        probe("cpu", "float16")
    if not GPU:
        with pytest.raises(EngineError, match="no GPU"):
            probe("cuda", engine="pytorch")


def test_it_reads_as_a_line() -> None:
    found = probe("cpu", "float32")
    assert isinstance(found, Device)
    assert str(found).startswith("cpu, float32 (")
    assert "\n" not in str(found)


@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="needs Linux")
def test_flags_are_read_from_the_kernel() -> None:
    assert len(device._cpu_flags()) > 5
