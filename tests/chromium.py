"""The browser of the journeys: Chromium without a window where it is there, for that costs a third less; else whole."""

import shutil

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
