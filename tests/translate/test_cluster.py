"""A Ray on this machine: for this job alone, and gone with it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

psutil = pytest.importorskip("psutil")
pytest.importorskip("ray")

PROGRAM = """
import json, os
import psutil
from passerelle.translate.folder.cluster import cluster

def listening(process):
    try:
        return [each.laddr.ip for each in process.net_connections("inet") if each.status == "LISTEN"]
    except psutil.NoSuchProcess:  # Ray has helpers that come and go
        return []

before = dict(os.environ)
with cluster("local", {}, 1):
    me = psutil.Process()
    family = [me, *me.children(recursive=True)]
    heard = [ip for each in family for ip in listening(each)]
    named = {each.name(): each for each in family[1:]}
    modes = [named[name].environ().get("RAY_AUTH_MODE") for name in ("gcs_server", "raylet")]
gone, alive = psutil.wait_procs(family[1:], timeout=60)
after = {name: os.environ.get(name) for name in ("RAY_AUTH_TOKEN", "RAY_AUTH_MODE")}
print(json.dumps({"heard": heard, "modes": modes, "alive": len(alive), "after": after}))
"""


def test_a_local_ray_is_heard_on_loopback_alone_wants_a_token_and_ends() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["heard"] and all(ip.removeprefix("::ffff:").startswith("127.") for ip in found["heard"]), found
    assert found["modes"] == ["token", "token"] and found["alive"] == 0
    assert found["after"] == {"RAY_AUTH_TOKEN": None, "RAY_AUTH_MODE": None}
