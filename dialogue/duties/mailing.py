"""The words of a mail about duties, in the language of its reader; never what a child wrote, only titles of ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from flask.ctx import RequestContext
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from dialogue.duties.models import Duty, Notice, NoticeKind
from dialogue.duties.words import door_of, kind_words
from dialogue.people.links import link_for
from dialogue.people.models import StaffMember
from dialogue.people.services import actor_for
from dialogue.shared.actor import Role
from dialogue.shared.clock import today
from dialogue.shared.mail import Mail
from dialogue.web.i18n import DEFAULT, WHOLE, day


@dataclass(frozen=True)
class Line:
    """One duty in a mail."""

    what: str
    subject: str
    when: str
    link: str


def written(notice: Notice, duties: Sequence[Duty], unreached: Sequence[StaffMember] = ()) -> Mail:
    """The mail of this notice about these duties, which are still open; `unreached`: instead of whom it comes."""
    person = notice.staff_member
    language = person.language if person.language in WHOLE else DEFAULT
    with _outside(), force_locale(language):
        subject, opening = _opening(notice.kind, len(duties))
        if unreached:
            names = ", ".join(f"{one.name} ({one.email})" for one in unreached)
            opening = _("Deze mail kwam niet aan bij %(names)s. Daarom krijg jij hem.", names=names) + f" {opening}"
        parts = {
            "greeting": _("Dag %(name)s,", name=person.name),
            "opening": opening,
            "lines": [_line(duty, person, notice.kind) for duty in duties],
            "all_duties": link_for(person, url_for("duties.index")),
            "closing": _closing(notice.kind),
            "wishes": link_for(person, url_for("duties.wishes")),
        }
        return Mail(
            key=notice.key,
            name=person.name,
            address=person.email,
            subject=f"{subject} · {person.municipality.name}",
            text=_plain(parts),
            html=render_template("duties/mail.html", subject=subject, town=person.municipality.name, **parts),
            language=language,
        )


def mail_host() -> str:
    """The host in our Message-IDs: that of the public address."""
    return urlsplit(current_app.extensions["dialogue"].settings.public_url).hostname or ""


def link(endpoint: str, **values: Any) -> str:
    """A full address, from the configured public address and nothing else."""
    with _outside():
        return url_for(endpoint, _external=True, **values)


def _outside() -> RequestContext:
    """As if somebody asked for a page at the public address: so that links lead there."""
    app = cast(Any, current_app)._get_current_object()
    context: RequestContext = app.test_request_context(base_url=app.extensions["dialogue"].settings.public_url)
    return context


def _opening(kind: NoticeKind, count: int) -> tuple[str, str]:
    match kind:
        case NoticeKind.REMINDER:
            return (
                ngettext("Herinnering: 1 belofte aan kinderen", "Herinnering: %(num)s beloften aan kinderen", count),
                _("Dit beloofden we aan kinderen, en de dag komt dichterbij:"),
            )
        case NoticeKind.DIGEST:
            return (
                ngettext("Deze week: 1 belofte aan kinderen", "Deze week: %(num)s beloften aan kinderen", count),
                _("Dit staat er nog open voor jou of je dienst, wat het eerst moet bovenaan:"),
            )
        case NoticeKind.ESCALATION:
            return (
                ngettext("Te laat: 1 belofte aan kinderen", "Te laat: %(num)s beloften aan kinderen", count),
                _("Dit is niet gebeurd op de dag die we beloofden. Jij krijgt dit omdat je ervoor kan zorgen:"),
            )


def _closing(kind: NoticeKind) -> str:
    if kind == NoticeKind.REMINDER:
        return _("Wil je geen herinneringen meer? Zet ze uit: ")
    return _("Hoe je mail krijgt, en je plichten in je agenda: ")


def _line(duty: Duty, person: StaffMember, kind: NoticeKind) -> Line:
    """Who has to do it is led to where it is done, who has to see to it to the duty."""
    endpoint, values = ("duties.show", {"duty_id": duty.id}) if kind == NoticeKind.ESCALATION else _door(duty, person)
    who = f"{duty.department.name} · " if duty.department else ""
    address = link_for(person, url_for(endpoint, **values))
    return Line(kind_words(duty.kind), duty.subject, who + _when(duty.due, today()), address)


def _door(duty: Duty, person: StaffMember) -> tuple[str, dict[str, Any]]:
    """Where this person does it: who decides gets the page for that, made for a phone."""
    if duty.kind == "decision" and actor_for(person).has(Role.DECIDER, duty.department_id):
        return "decisions.mine", {"signal": duty.object.partition(":")[2]}
    return door_of(duty)


def _when(due: date, on: date) -> str:
    """'tegen 12 maart 2026 (nog 3 dagen)'."""
    left = (due - on).days
    if left < 0:
        state = ngettext("1 dag te laat", "%(num)s dagen te laat", -left)
    else:
        state = ngettext("nog 1 dag", "nog %(num)s dagen", left) if left else _("vandaag")
    return _("tegen %(day)s (%(state)s)", day=day(due), state=state)


def _plain(parts: dict[str, Any]) -> str:
    lines = [f"- {one.what}: {one.subject}\n  {one.when}\n  {one.link}" for one in parts["lines"]]
    ending = [_("Al je plichten:") + f" {parts['all_duties']}", f"{parts['closing']}{parts['wishes']}"]
    return "\n\n".join([parts["greeting"], parts["opening"], *lines, "\n".join(ending)]) + "\n"
