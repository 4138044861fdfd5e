"""Dialogue: asked → said → heard → decided → done → told back. `create_app` is the one place that knows all rooms."""

from pathlib import Path

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_wtf import CSRFProtect

from dialogue.answering.capital_routes import bp as child
from dialogue.answering.pile_end_routes import bp as answering
from dialogue.answering.queries import concerns_waiting
from dialogue.consultations.queries import asks_something
from dialogue.consultations.round_services import put_off as put_off_wave
from dialogue.consultations.routes import bp as consultations
from dialogue.decisions.measure_services import put_off as put_off_measure
from dialogue.decisions.routes import bp as decisions
from dialogue.desk.routes import bp as desk
from dialogue.duties.queries import late_count
from dialogue.duties.wish_routes import bp as duties
from dialogue.evidence.routes import bp as evidence
from dialogue.feedback.advice_routes import bp as public
from dialogue.feedback.print_routes import bp as feedback
from dialogue.people.entrance import FirstStep
from dialogue.people.routes import bp as people
from dialogue.people.services import signed_in_actor
from dialogue.people.ways_desk import detour
from dialogue.places.queries import places_of
from dialogue.places.tablet_routes import bp as places
from dialogue.results.routes import bp as results
from dialogue.shared.actor import THREAD, Role
from dialogue.shared.database import db, engine_settings
from dialogue.shared.keys import are_in, make
from dialogue.shared.settings import Settings, from_environment
from dialogue.shared.startup import Dialogue
from dialogue.signals.queries import unread_count
from dialogue.signals.routes import bp as signals
from dialogue.web import access, assets, errors, headers, health, i18n, limits, navigation, uploads
from dialogue.web.application import Application
from dialogue.web.incoming import Request
from dialogue.web.lane import Lane
from dialogue.web.navigation import MenuItem

ROOT = Path(__file__).parents[1]
BIGGEST_REQUEST = 256 * 1024

# The child's door and the public pages: no session, no cookie, no token (there is no authority to abuse).
ANYBODY = frozenset({"child", "public"})
PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "health.healthz",
        "people.sign_in",
        "people.sign_in_post",
        "people.welcome",
        "people.join",
        "people.join_post",
        "people.second_step",
        "people.second_step_post",
        "people.recovery_post",
        "people.passkey_begin",
        "people.passkey_post",
        "people.open_link",
        "duties.calendar",  # for programs: whoever has its secret address
    }
)
MENU = [
    MenuItem(_l("Vandaag"), "desk.today"),
    MenuItem(_l("Plichten"), "duties.index", roles=THREAD, waiting=late_count),
    MenuItem(_l("Vragen"), "consultations.index", "asked", THREAD),
    MenuItem(_l("Antwoorden"), "results.index", "said", THREAD),
    MenuItem(_l("Lezen en bundelen"), "signals.index", "heard", THREAD, unread_count),
    MenuItem(_l("Beslissen"), "decisions.index", "decided", THREAD),
    MenuItem(_l("Uitvoeren"), "decisions.measures", "done", THREAD),
    MenuItem(_l("Terugkoppelen"), "feedback.index", "told", THREAD),
    MenuItem(_l("Nog zonder antwoord"), "desk.unanswered", roles=THREAD),
    MenuItem(
        _l("Zorgen van kinderen"), "answering.concerns", roles=frozenset({Role.SAFEGUARDING}), waiting=concerns_waiting
    ),
    MenuItem(_l("Bewijs voor het label"), "evidence.index", roles=frozenset({Role.COORDINATOR})),
    MenuItem(_l("Plaatsen en QR-codes"), "places.index"),
    MenuItem(_l("Collega's"), "people.colleagues", roles={Role.COORDINATOR}),
    MenuItem(_l("Mensen en diensten"), "people.team", roles={Role.ADMINISTRATOR}),
]
# What a new municipality does first, after people and departments.
FIRST_STEPS: list[FirstStep] = [
    (
        _l("Voeg een plaats met een QR-code toe"),
        "places.index",
        lambda who: bool(places_of(who.municipality_id)),
    ),
    (_l("Maak de eerste bevraging"), "consultations.index", lambda who: asks_something(who.municipality_id)),
]


def create_app(settings: Settings | None = None, *, serves: bool = False) -> Flask:
    """The application of one installation; `settings` default to the environment. `serves`: pages, no commands.

    Without keys there are no pages, only the commands: one of them makes keys.
    """
    settings = settings or from_environment()
    app = Application(__name__, root_path=str(ROOT), instance_path=str(settings.instance))
    app.request_class = Request
    open_instance(app, settings)
    db.init_app(app)
    if serves or are_in(settings.keys):
        add_pages(app, settings)
    if not serves:
        add_commands(app)
    return app


def add_pages(app: Flask, settings: Settings) -> None:
    """Everything that is looked at with a browser, behind its limits, headers and guard."""
    app.config["SECRET_KEY"] = app.extensions["dialogue"].keys.session
    app.wsgi_app = Lane(app)  # type: ignore[method-assign]
    limits.init(app)
    uploads.init(app)
    csrf = CSRFProtect(app)
    headers.init(app, settings)
    assets.init(app)
    i18n.init(app)
    errors.init(app)

    rooms = [people, duties, places, consultations, answering, results, signals, decisions, feedback, evidence, desk]
    for blueprint in [health.bp, child, public, *rooms]:
        app.register_blueprint(blueprint)
    for blueprint in (child, public):
        csrf.exempt(blueprint)
    navigation.init(app, MENU)
    app.extensions["dialogue.first_steps"] = FIRST_STEPS
    app.extensions["dialogue.put_off"] = {"measure": put_off_measure, "feedback": put_off_wave}
    access.init(app, signed_in_actor, public_endpoints(app), detour)


def add_commands(app: Flask) -> None:
    """What `flask --app app …` does; who only serves pages never loads it."""
    from flask_migrate import Migrate  # noqa: PLC0415

    from dialogue import commands  # noqa: PLC0415

    Migrate(app, db, directory=str(ROOT / "migrations"))
    commands.init(app)


def open_instance(app: Flask, settings: Settings) -> None:
    """Point the application at its folder and its database; keys are made here only where nobody is in danger."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    if not settings.production:
        make(settings.keys)
    app.extensions["dialogue"] = Dialogue(settings)
    app.config.update(
        **engine_settings(settings),
        SESSION_COOKIE_NAME="__Host-dialogue" if settings.https else "dialogue",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        TRUSTED_HOSTS=[settings.public_host.rsplit(":", 1)[0], "localhost", "127.0.0.1"],
        MAX_CONTENT_LENGTH=BIGGEST_REQUEST,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "dialogue" / "translations"),
    )


def public_endpoints(app: Flask) -> frozenset[str]:
    """Every endpoint that anybody may open."""
    doors = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in ANYBODY}
    return PUBLIC_ENDPOINTS | doors
