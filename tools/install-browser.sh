#!/usr/bin/env bash
# The journeys need a real Chromium: take it from Debian when we may, else say what is missing.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get -qq update >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
else
  echo "Please install Chromium: the journeys in the browser need it." >&2
  exit 1
fi
