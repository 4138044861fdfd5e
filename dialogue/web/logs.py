"""What is written down while Dialogue runs: one JSON object a line, and nothing about who visits.

No address, no path, no device. Of a mistake its kind and its place in the code, never its message: that could repeat
what a child said.
"""

import json
import logging
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

from flask import Flask, request


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """What others than we fill in into their messages is left out: it may be an address."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage() if record.name.split(".")[0] == "dialogue" else str(record.msg),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{at.filename}:{at.lineno} {at.name}" for at in extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


class QuietFlask(Flask):
    """Flask, but a page that failed is named by its endpoint, never by its address."""

    def log_exception(self, exc_info: Any) -> None:
        """Note which page failed, and where in the code."""
        self.logger.error("%s failed", request.endpoint, exc_info=exc_info)


def start() -> None:
    """Write lines from now on, in this process; of the web server only its errors: its warnings name addresses."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    server = logging.getLogger("gunicorn.error")
    server.handlers.clear()
    server.propagate = True
    server.setLevel(logging.ERROR)
