"""How long whoever sends nonsense waits: generated requests to every door (tests/promises/nonsense.py)."""

import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from werkzeug.wrappers import Response

from dialogue import create_app
from dialogue.shared.database import db
from tests.bench.children import Figures
from tests.builders import the_cast
from tests.conftest import settings_in
from tests.pages import Pages
from tests.promises import nonsense
from tests.promises.nonsense import Request
from tests.web.routes import doors

HOW_MANY = 1000


def answering() -> Figures:
    """The milliseconds within which 99 % of the requests were answered."""
    with tempfile.TemporaryDirectory(dir=".") as name:
        app = create_app(settings_in(Path(name).resolve()))
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
        with app.app_context():
            db.create_all()
            app.test_cli_runner().invoke(args=["setup"], catch_exceptions=False)
            cookie = Pages(app).as_(the_cast().cora).client.get_cookie("dialogue")
            assert cookie
            cookies = {"nobody": "", "cora": f"dialogue={cookie.value}"}
            every_door, seconds = list(doors(app)), list[float]()
            each = settings(
                max_examples=HOW_MANY // len(every_door) + 2,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            for door in every_door:

                @seed(len(seconds))
                @each
                @given(nonsense.requests(door, sorted(cookies), {}, {}))
                def send(request: Request) -> None:
                    environ = request.environ(cookies[request.who])
                    begin = time.perf_counter()
                    Response.from_app(app, environ, buffered=True)
                    seconds.append(time.perf_counter() - begin)

                send()
            db.session.remove()
            db.engine.dispose()
    return {"bad_request_p99_ms": 1000 * sorted(seconds)[len(seconds) * 99 // 100]}
