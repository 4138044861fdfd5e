#!/usr/bin/env bash
# The journeys need a real Chromium, best the one without a window (tests/chromium.py), the promise about power cuts
# strace, the limits shared by hosts a Redis: take them from Debian when we may, else say what is missing.
set -eu
has() { command -v "$1" >/dev/null 2>&1; }
missing=()
for tool in strace redis-server; do has "$tool" || missing+=("$tool"); done
if [ "$(id -u)" = 0 ] && has apt-get; then
  has chromium-headless-shell || missing+=(chromium-headless-shell)
  [ ${#missing[@]} = 0 ] && exit 0
  apt-get -qq update >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
else
  has chromium-headless-shell || has chromium || missing+=(chromium)
  [ ${#missing[@]} = 0 ] && exit 0
  echo "Please install ${missing[*]}: the tests need it." >&2
  exit 1
fi
