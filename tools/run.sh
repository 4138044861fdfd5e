#!/usr/bin/env bash
# Starts Dialogue: sets the installation up, then runs the web and the jobs until Ctrl-C.
set -eu
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}
flask() { "$BIN/python" -m flask --app app "$@"; }

flask db upgrade 2>&1 | { grep -v '^INFO' || true; }
flask setup
if [ "${DEMO:-1}" = 1 ]; then
  flask demo
else
  echo "Dialogue starts empty on http://${HOST}:${PORT}/welcome"
fi

"$BIN/python" -m flask --app app jobs & jobs=$!
"$BIN/gunicorn" "app:serving()" --bind "${HOST}:${PORT}" --preload --worker-class gthread --workers 2 --threads 8 --log-level warning & web=$!
trap 'kill "$web" "$jobs" 2>/dev/null || true' EXIT
trap 'exit 0' INT TERM
wait -n
