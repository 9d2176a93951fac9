"""`python -m ipuwhatif`, and the entry of the standalone app."""

import sys

from ipuwhatif.cli import main

if __name__ == "__main__":  # worker processes of a sweep import this file as well where they are not forked
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
