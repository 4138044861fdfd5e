"""Doors of what I wish to hear of duties: my reminders and my calendar."""

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from dialogue.duties import wishes
from dialogue.duties.calendar import calendar_of
from dialogue.duties.forms import RemindersForm
from dialogue.duties.mailing import link
from dialogue.duties.routes import bp
from dialogue.shared.clock import now
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound
from dialogue.web.access import allow, current_actor
from dialogue.web.limits import Door, spend

CALENDARS = Door("calendars", 120)


@bp.get("/desk/duties/wishes", endpoint="wishes")
@allow()
def my_wishes() -> str:
    return _wishes_page()


@bp.post("/desk/duties/wishes/reminders")
@allow()
def reminders() -> ResponseReturnValue:
    form = RemindersForm()
    if not form.validate_on_submit():
        return _wishes_page(), 422
    with writing():
        wishes.set_reminders(current_actor(), form.reminders.data)
    flash(_("Bewaard."))
    return redirect(url_for("duties.wishes"))


@bp.post("/desk/duties/wishes/calendar")
@allow()
def new_calendar() -> str:
    with writing():
        token = wishes.new_calendar(current_actor())
    return _wishes_page(link("duties.calendar", token=token))


@bp.post("/desk/duties/wishes/calendar/end")
@allow()
def end_calendar() -> ResponseReturnValue:
    with writing():
        wishes.end_calendar(current_actor())
    flash(_("Het adres van je agenda werkt niet meer."))
    return redirect(url_for("duties.wishes"))


@bp.get("/calendar/<token>.ics")
def calendar(token: str) -> Response:
    """Whoever has the address is let in, without a session; everybody else finds nothing."""
    spend(CALENDARS)
    person = wishes.calendar_owner(token)
    if person is None:
        raise NotFound
    answer = Response(
        calendar_of(person, wishes.in_calendar(person), now()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _wishes_page(address: str = "") -> str:
    mine = wishes.wishes_of(current_actor().staff_id)
    form = RemindersForm(formdata=None, obj=mine)
    sends_mail = current_app.extensions["dialogue"].settings.mail_server is not None
    return render_template("duties/wishes.html", mine=mine, form=form, address=address, sends_mail=sends_mail)
