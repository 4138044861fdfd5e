#!/usr/bin/env bash
# The journeys need a real Chromium, and are faster with the one without a window too (tests/chromium.py); the promise
# about power cuts needs strace, the limits shared by hosts a Redis: take them from Debian when we may, else say what
# is missing.
set -eu
missing() { for tool in "$@"; do command -v "$tool" >/dev/null 2>&1 || echo "$tool"; done; }
needed=(chromium strace redis-server)
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  mapfile -t wanted < <(missing "${needed[@]}" chromium-headless-shell)
  [ ${#wanted[@]} = 0 ] && exit 0
  apt-get -qq update >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${wanted[@]}" >/dev/null
else
  mapfile -t wanted < <(missing "${needed[@]}")
  [ ${#wanted[@]} = 0 ] && exit 0
  echo "Please install ${wanted[*]}: the tests need it." >&2
  exit 1
fi
