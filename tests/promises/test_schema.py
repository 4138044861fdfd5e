"""The doors that take JSON, described as an OpenAPI document and tried by Schemathesis: never a crash, never a trace.

`BAD_REQUESTS=10000` (`make soak`): so many over all doors; without it 300.
"""

import json
import os
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.core import NotSet

from tests.promises.house import House, Records
from tests.promises.nonsense import JSON, Request
from tests.promises.test_bad_requests import wrong_with
from tests.web.routes import Door, doors

HOW_MANY = int(os.environ.get("BAD_REQUESTS", "300"))
ANYTHING: dict[str, Any] = {}
WORDS = {"type": "object", "properties": {"text": {"type": "string"}, "key": {"type": "string"}}}
LETTER = {
    "type": "object",
    "properties": {
        "protocol": {"enum": [1, 2, None]},
        "instrument": {"type": "string"},
        "key": {"type": "string", "maxLength": 50},
        "answers": {"type": "object", "additionalProperties": {"type": ["string", "number", "null", "array"]}},
        "words": {"type": "object", "additionalProperties": WORDS},
    },
    "additionalProperties": True,
}


def described(app: Flask, of: list[Door], records: Records) -> dict[str, Any]:
    """These doors as an OpenAPI document: addresses as they are, bodies as letters, or whatever JSON can be."""
    paths: dict[str, Any] = {}
    for door in of:
        body = {"content": {JSON: {"schema": {"anyOf": [LETTER, ANYTHING]}}}}
        path = door.address(records | records.get(door.endpoint.split(".")[0], {}))
        paths.setdefault(path, {})["post"] = {
            "operationId": door.endpoint,
            "requestBody": body,
            "responses": {"default": {"description": "whatever it says"}},
        }
    return {"openapi": "3.1.0", "info": {"title": "Dialogue", "version": "1"}, "paths": paths}


@pytest.mark.sqlite("what a door makes of a body; PostgreSQL gets as odd ones in test_bad_requests")
def test_doors_that_take_json_never_break(house: House, records: Records) -> None:
    posts = {door.endpoint: door for door in doors(house.app) if door.method == "POST"}
    schema = schemathesis.openapi.from_dict(described(house.app, list(posts.values()), records))
    operations = [found.ok() for found in schema.get_all_operations()]
    for number, operation in enumerate(operations):
        knock(house, posts[operation.definition.raw["operationId"]], operation, HOW_MANY // len(operations), number)
    assert len(operations) > len(posts) / 2


def knock(house: House, door: Door, operation: Any, times: int, number: int) -> None:
    """Send so many bodies as this door describes them, or nearly."""

    @seed(number)
    @settings(max_examples=max(1, times), database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy())
    def send(case: Any) -> None:
        raw = b"" if isinstance(case.body, NotSet) else json.dumps(case.body).encode()
        assert wrong_with(house, Request(door, "mighty", "POST", case.path.encode(), b"", JSON, raw)) == "", door

    send()
