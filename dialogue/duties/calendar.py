"""Duties in a person's own calendar (RFC 5545): one day each, at a secret address that can be taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import force_locale
from flask_babel import gettext as _

from dialogue.duties.mailing import link
from dialogue.duties.models import Duty
from dialogue.duties.words import kind_words
from dialogue.people.models import StaffMember
from dialogue.web.i18n import DEFAULT, WHOLE, day

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(hours=6)


def calendar_of(person: StaffMember, duties: Sequence[Duty], moment: datetime) -> bytes:
    """The calendar of these open duties, in the person's language."""
    from icalendar import Calendar  # noqa: PLC0415 - large, and few calendars are read

    with force_locale(person.language if person.language in WHOLE else DEFAULT):
        calendar = Calendar()
        calendar.add("prodid", "-//Dialogue//NL")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Beloften aan kinderen · %(town)s", town=person.municipality.name))
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
        for duty in duties:
            calendar.add_component(_event(duty, moment))
        return calendar.to_ical()


def _event(duty: Duty, moment: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event, address = Event(), link("duties.show", duty_id=duty.id)
    event.add("uid", f"duty-{duty.id}@{urlsplit(address).hostname}")
    event.add("dtstamp", moment)
    event.add("dtstart", duty.due)
    event.add("dtend", duty.due + timedelta(days=1))
    event.add("summary", f"{kind_words(duty.kind)}: {duty.subject}")
    event.add("description", "\n".join([*_about(duty), address]))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _about(duty: Duty) -> list[str]:
    lines = [duty.department.name] if duty.department else []
    if duty.first_due:
        lines.append(_("Eerst beloofd tegen %(day)s.", day=day(duty.first_due)))
    return lines
