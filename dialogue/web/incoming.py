"""Requests as they come in: made readable once, so that no page has to think of it."""

import string
from typing import Any
from urllib.parse import quote

import flask


class Request(flask.Request):
    """A request whose query string can always be read: bytes that should have been escaped, are."""

    def __init__(self, sent: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        sent["QUERY_STRING"] = quote(sent.get("QUERY_STRING", ""), safe=string.punctuation, encoding="latin-1")
        super().__init__(sent, *args, **kwargs)
