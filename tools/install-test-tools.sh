#!/usr/bin/env bash
# The journeys need a real Chromium, the promise about power cuts strace, the limits shared by hosts a Redis: take them
# from Debian when we may, else say what is missing.
set -eu
missing=()
for tool in chromium strace redis-server; do
  command -v "$tool" >/dev/null 2>&1 || missing+=("$tool")
done
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get -qq update >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Please install ${missing[*]}: the tests need it." >&2
  exit 1
fi
