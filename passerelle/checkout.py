"""The names of before: in a checkout ``from translate import Translator`` goes on working for one version."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, spec_from_loader
from types import ModuleType


def redirect(name: str) -> None:
    """Have the package ``name``, and each module in it, be the very one of ``passerelle``; warn who imports it."""
    warnings.warn(
        f"import passerelle.{name} instead of {name}, a name that other packages have too and that goes in 0.3",
        DeprecationWarning,
        stacklevel=3,
    )
    sys.meta_path.insert(0, _OldName(name))
    sys.modules[name] = import_module(f"passerelle.{name}")


class _OldName(MetaPathFinder, Loader):
    def __init__(self, package: str) -> None:
        self._prefix = f"{package}."

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not name.startswith(self._prefix) or find_spec(f"passerelle.{name}") is None:
            return None
        return spec_from_loader(name, self)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = import_module(f"passerelle.{spec.name}")
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        # It has run already; the import has only put another specification on it.
        if module.__spec__ is not None:
            module.__spec__ = module.__spec__.loader_state
