"""``python -m passerelle`` is the command ``passerelle``."""

import sys

from passerelle.ui.cli import main

sys.exit(main())
