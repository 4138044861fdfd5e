"""The browser of the journeys: Chromium without a window where that is there, for it costs a third less; else whole."""

import shutil

WHOLE = "/usr/bin/chromium"  # the other one keeps no pages alive to go back to
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
