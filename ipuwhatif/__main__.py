"""`python -m ipuwhatif`, and the entry of the standalone app."""

import sys

from ipuwhatif.cli import main

sys.exit(main())
