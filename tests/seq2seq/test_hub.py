"""The real huggingface_hub download, against a hub on loopback that behaves and hubs that do not."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from huggingface_hub.constants import DOWNLOAD_CHUNK_SIZE

from passerelle.seq2seq.checkpoint import download, find_checkpoint
from passerelle.seq2seq.errors import CheckpointDamaged, CheckpointError, CheckpointNotFound, HubUnreachable
from passerelle.seq2seq.hub import Hub, needed
from tests.seq2seq.hub_server import HubServer, serving
from tests.seq2seq.tiny_files import tiny_files

NAME = "organisation/tiny-fr-en"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub that holds one checkpoint, with files that nobody should ask for beside it."""
    useless = {"tf_model.h5": b"x" * 5000, "flax_model.msgpack": b"x", "onnx/model.onnx": b"x", "README.md": b"x"}
    files = {**tiny_files(), "pytorch_model.bin": b"x" * 5000, **useless}
    with serving(HubServer({NAME: files})) as server:
        settle(monkeypatch, tmp_path, server.endpoint)
        yield server


def settle(monkeypatch: pytest.MonkeyPatch, home: Path, endpoint: str) -> None:
    # huggingface_hub reads its switch once, at import; the tests as a whole run with it on.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(home / "huggingface"))
    monkeypatch.setenv("HF_ENDPOINT", endpoint)


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    folder = tmp_path / "compact"
    folder.mkdir()
    for name, content in tiny_files().items():
        (folder / name).write_bytes(content)
    scores = f'{{"metric": "some BLEU", "scores": {{"compact": 1.5, "{NAME}": 43.0}}}}'
    (folder / "quality.json").write_text(scores)
    return folder


def test_a_good_download_brings_the_needed_files_and_is_found_again_without_the_hub(
    hub: HubServer, bundled: Path
) -> None:
    seen: list[tuple[int, int]] = []
    found = find_checkpoint(
        None, default=NAME, bundled=bundled, progress=lambda done, total: seen.append((done, total))
    )
    assert (found.origin, found.name, found.notices) == ("hub", NAME, ())
    assert hub.endpoint in found.reason
    content = {path.name: path.read_bytes() for path in found.path.iterdir()}
    assert content == tiny_files()
    total = sum(map(len, content.values()))
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    requests = len(hub.requests)
    again = find_checkpoint(None, default=NAME, bundled=bundled)
    assert (again.origin, again.path) == ("cache", found.path)
    assert len(hub.requests) == requests


def test_nothing_but_the_checkpoint_is_asked_of_the_hub(hub: HubServer) -> None:
    download(NAME)
    allowed = ("/api/models/", f"/{NAME}/resolve/")
    assert [path for _, path, _ in hub.requests if not path.startswith(allowed)] == []


def test_pickled_weights_come_where_there_are_no_others(hub: HubServer) -> None:
    files = hub.repositories[NAME]
    del files["model.safetensors"]
    files["pytorch_model.bin"] = b"\x80\x02" + b"x" * 100
    assert (download(NAME).path / "pytorch_model.bin").read_bytes() == files["pytorch_model.bin"]


def test_a_transfer_cut_in_the_middle_is_resumed_where_it_broke(hub: HubServer) -> None:
    weights = tiny_files(values=24_000_000)["model.safetensors"]
    hub.repositories[NAME]["model.safetensors"] = weights
    hub.cuts["model.safetensors"] = 1
    found = download(NAME)
    assert (found.path / "model.safetensors").read_bytes() == weights
    assert hub.sent("GET", "/model.safetensors") == ["", f"bytes={DOWNLOAD_CHUNK_SIZE}-"]


def test_what_came_down_whole_before_a_failure_is_not_asked_for_again(hub: HubServer) -> None:
    hub.lies["model.safetensors"] = 10
    with pytest.raises(HubUnreachable):
        download(NAME)
    hub.lies.clear()
    before = len(hub.sent("GET", "/config.json"))
    assert before == 1
    assert download(NAME).origin == "hub"
    assert len(hub.sent("GET", "/config.json")) == before


def test_a_wrong_file_size_is_an_error_and_leaves_nothing_that_looks_whole(hub: HubServer, bundled: Path) -> None:
    hub.lies["model.safetensors"] = len(tiny_files()["model.safetensors"]) + 1
    with pytest.raises(HubUnreachable, match=r"broke off .*size.*run it again") as caught:
        find_checkpoint(NAME, default=NAME, bundled=bundled)
    assert "\n" not in str(caught.value)
    assert find_checkpoint(None, default=NAME, bundled=bundled, offline=True).origin == "bundled"


def test_a_listed_file_that_is_not_there_is_named(hub: HubServer) -> None:
    hub.lost.add("source.spm")
    with pytest.raises(CheckpointDamaged, match=r"source\.spm"):
        download(NAME)


def test_a_repository_without_a_needed_file_is_damaged(hub: HubServer) -> None:
    del hub.repositories[NAME]["vocab.json"]
    with pytest.raises(CheckpointDamaged, match=r"vocab\.json is missing"):
        download(NAME)


def test_a_repository_without_pytorch_weights_is_told_apart(hub: HubServer) -> None:
    for name in ("model.safetensors", "pytorch_model.bin"):
        del hub.repositories[NAME][name]
    with pytest.raises(CheckpointNotFound, match="no PyTorch weights"):
        download(NAME)


@pytest.mark.parametrize("name", ["organisation/unknown", "not a name", "-bad-/--"])
def test_an_unknown_name_is_not_found(hub: HubServer, bundled: Path, name: str) -> None:
    with pytest.raises(CheckpointNotFound):
        find_checkpoint(name, default=NAME, bundled=bundled)


def test_a_damaged_copy_in_the_cache_is_replaced(hub: HubServer) -> None:
    weights = download(NAME).path / "model.safetensors"
    whole = weights.read_bytes()
    weights.resolve().write_bytes(whole[:-7])
    assert download(NAME).origin == "hub"
    assert weights.read_bytes() == whole


def test_a_damaged_copy_without_a_hub_is_told_and_the_default_falls_back(
    hub: HubServer, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = download(NAME).path / "model.safetensors"
    weights.resolve().write_bytes(weights.read_bytes()[:-7])
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(CheckpointDamaged, match=r"model\.safetensors is cut short"):
        find_checkpoint(NAME, default=NAME, bundled=bundled)
    found = find_checkpoint(None, default=NAME, bundled=bundled)
    assert found.origin == "bundled"
    assert "broken copy" in found.notices[0]


@contextmanager
def nobody() -> Iterator[str]:
    """An address of this machine where connections are refused."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def black_hole() -> Iterator[str]:
    """An address where connections are taken and nothing is ever said."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def failing() -> Iterator[str]:
    """A hub that is out of order."""
    with serving(HubServer({}, status=503)) as server:
        yield server.endpoint


@contextmanager
def portal() -> Iterator[str]:
    """Something that answers every request with a page of its own, as the network of a hotel does."""
    with serving(HubServer({}, status=200)) as server:
        yield server.endpoint


@pytest.mark.parametrize("place", [nobody, black_hole, failing, portal])
def test_a_hub_that_is_not_there_is_found_out_in_under_three_seconds_and_once(
    place: object, bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place() as endpoint:  # type: ignore[operator]
        settle(monkeypatch, tmp_path, endpoint)
        start = time.monotonic()
        found = find_checkpoint(None, default=NAME, bundled=bundled)
        assert time.monotonic() - start < 3
        start = time.monotonic()
        with pytest.raises(HubUnreachable, match=endpoint):
            find_checkpoint(NAME, default=NAME, bundled=bundled)
        assert time.monotonic() - start < 0.1
    assert found.origin == "bundled"
    assert endpoint in found.reason
    assert len(found.notices) == 1
    for part in ("compact (1.5 some BLEU)", f"{NAME} (43.0 some BLEU)", "passerelle download"):
        assert part in found.notices[0]


def test_the_switch_for_no_network_makes_no_request(
    hub: HubServer, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert find_checkpoint(None, default=NAME, bundled=bundled).origin == "bundled"
    with pytest.raises(HubUnreachable, match="not to be asked"):
        find_checkpoint(NAME, default=NAME, bundled=bundled)
    with pytest.raises(CheckpointError):
        find_checkpoint(None, default=NAME, bundled=None)
    assert hub.requests == []


def test_a_proxy_is_used(hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import close_session

    monkeypatch.setenv("HTTP_PROXY", hub.endpoint)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")
    close_session()
    try:
        assert set(Hub.from_environment().files(NAME)) == set(hub.repositories[NAME])
    finally:
        close_session()


def test_the_environment_is_read_when_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch, tmp_path, "http://127.0.0.1:1/")
    assert Hub.from_environment() == Hub("http://127.0.0.1:1", tmp_path / "huggingface" / "hub", False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "yes")
    assert Hub.from_environment() == Hub("http://127.0.0.1:1", tmp_path / "elsewhere", True)
    assert Hub.from_environment(offline=False).offline is False


def test_one_kind_of_weights_is_needed() -> None:
    names = ["model.safetensors", "pytorch_model.bin", "tf_model.h5", "a/config.json", "config.json", "target.spm"]
    assert needed(names) == ["config.json", "model.safetensors", "target.spm"]
    assert needed(names[1:]) == ["config.json", "pytorch_model.bin", "target.spm"]
    assert needed(names[2:]) == []


def test_a_name_server_that_never_answers_is_found_out_too(
    bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, over = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> None:
        asked.set()
        over.wait()
        raise OSError("the test is over")

    settle(monkeypatch, tmp_path, "http://hub.invalid")
    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    found = find_checkpoint(None, default=NAME, bundled=bundled)
    assert time.monotonic() - start < 3
    over.set()
    assert asked.is_set()
    assert found.origin == "bundled"
    assert re.search(r"no answer within [12]\.\d s", found.reason)
