"""The tensors of a checkpoint folder as numpy arrays, without importing PyTorch where the file allows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from passerelle.seq2seq.errors import CheckpointDamaged
from passerelle.seq2seq.extras import require

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


def read_weights(folder: Path) -> dict[str, Array]:
    """Return every tensor of ``model.safetensors``, or else of ``pytorch_model.bin``, by name.

    Values are mapped from the file, not copied, in the file's number format (bfloat16 becomes float32).
    Raises CheckpointDamaged where there is neither file or one is cut short.
    """
    if (folder / "model.safetensors").exists():
        return _read_safetensors(folder / "model.safetensors")
    if (folder / "pytorch_model.bin").exists():
        return _read_pytorch(folder / "pytorch_model.bin")
    raise CheckpointDamaged(f"{folder}: neither model.safetensors nor pytorch_model.bin; fetch the checkpoint again")


def _read_safetensors(path: Path) -> dict[str, Array]:
    # The format is 8 bytes of header length, a JSON header and raw values.  The safetensors package cannot
    # hand bfloat16 to numpy, hence the values are mapped here.
    import numpy as np

    kinds = {"F32": np.float32, "F16": np.float16, "BF16": np.uint16}
    content = np.memmap(path, dtype=np.uint8, mode="r")
    try:
        start = 8 + int(content[:8].view(np.uint64)[0])
        header = json.loads(content[8:start].tobytes())
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__" or entry["dtype"] not in kinds:
                continue
            begin, end = (start + offset for offset in entry["data_offsets"])
            if end > content.size:
                raise ValueError(f"{name} ends at byte {end} of {content.size}")
            values = content[begin:end].view(kinds[entry["dtype"]]).reshape(entry["shape"])
            if entry["dtype"] == "BF16":
                values = (values.astype(np.uint32) << 16).view(np.float32)
            tensors[name] = values
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise CheckpointDamaged(f"{path}: cut short or not a safetensors file ({error}); fetch it again") from None
    return tensors


def _read_pytorch(path: Path) -> dict[str, Array]:
    require("torch", f"{path}: a pickled checkpoint")
    import pickle

    import torch

    try:
        tensors = torch.load(path, map_location="cpu", weights_only=True)
        return {
            name: (value.float() if value.dtype == torch.bfloat16 else value).numpy() for name, value in tensors.items()
        }
    except (RuntimeError, EOFError, pickle.UnpicklingError, AttributeError) as error:
        raise CheckpointDamaged(f"{path}: cut short or not a PyTorch file ({error}); fetch it again") from None
