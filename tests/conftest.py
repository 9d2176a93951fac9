"""What holds for every test: no window on the user's screen, and property tests that say the same twice."""

import os

from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

# A slow machine is no failure, and a gate must give one answer; `--hypothesis-profile default` looks for new examples.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")
