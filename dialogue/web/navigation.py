"""The staff menu in the order of the thread; `create_app` says what stands in it."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from dialogue.shared.actor import Actor, Role
from dialogue.web.access import actor_or_none

SEVERAL = ("decisions", "desk", "people")  # rooms with more than one entry
DESK = "desk.today"
STEPS = ("asked", "said", "heard", "decided", "done", "told")


@dataclass(frozen=True)
class MenuItem:
    """One entry: its step in the thread (or ''), words, address, who sees it, and a number that waits."""

    label: Any
    endpoint: str
    step: str = ""
    roles: Set[Role] = frozenset()
    waiting: Callable[[Actor], int] | None = None

    @property
    def current(self) -> bool:
        """Whether the page that is asked for is this one, or lies below it; below the desk itself lies everything."""
        room = self.endpoint.split(".")[0]
        if room not in SEVERAL:
            return request.blueprint == room
        below = self.endpoint != DESK and request.path.startswith(f"{url_for(self.endpoint)}/")
        return below or request.endpoint == self.endpoint


def init(app: Flask, menu: Sequence[MenuItem]) -> None:
    """Give staff templates `menu`, the entries this person may use, and `actor`."""

    def for_template() -> dict[str, Any]:
        actor = actor_or_none()
        shown = [item for item in menu if actor and (not item.roles or actor.has_any(*item.roles))]
        return {"menu": shown, "actor": actor}

    app.context_processor(for_template)
