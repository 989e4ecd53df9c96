"""Every error that Passerelle raises on purpose.

::

    PasserelleError            one line that says what to do
    ├── CheckpointError        a checkpoint cannot be used
    │   ├── CheckpointNotFound     no such folder, and no such name in the cache or on the hub
    │   ├── CheckpointDamaged      a file is missing, cut short or of the wrong kind
    │   └── HubUnreachable         the hub does not answer, or the download broke off
    ├── EngineError            the engine or the device that was asked for is not available
    │   └── MissingExtra           it needs libraries that this installation lacks
    ├── InputError             a text or a file that cannot be read
    │   └── NotTextError           something else was given where a text belongs; a TypeError too
    └── OutputError            a result that cannot be written
"""

from __future__ import annotations


class PasserelleError(Exception):
    """Base of the tree; ``str(error)`` is one line fit for a user."""


class CheckpointError(PasserelleError):
    """A checkpoint cannot be used."""


class CheckpointNotFound(CheckpointError):
    """No such folder, and no such name in the cache or on the hub."""


class CheckpointDamaged(CheckpointError):
    """A file of the checkpoint is missing, cut short or of the wrong kind."""


class HubUnreachable(CheckpointError):
    """The hub does not answer, or the download broke off."""


class EngineError(PasserelleError):
    """The engine or the device that was asked for is not available here."""


class MissingExtra(EngineError):
    """What was asked for needs libraries that this installation lacks; the message names the extra to install."""


class InputError(PasserelleError):
    """A text or a file that cannot be read."""


class OutputError(PasserelleError):
    """A result that cannot be written; nothing that was there before is harmed."""


class NotTextError(InputError, TypeError):
    """Something else was given where a text belongs."""
