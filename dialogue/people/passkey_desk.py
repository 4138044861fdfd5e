"""Adding and removing one's own passkeys."""

from flask import Response as Answer
from flask import render_template, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialogue.people import passkeys, steps, ways
from dialogue.people.models import Passkey
from dialogue.people.services import new_token
from dialogue.people.ways_desk import after_adding, keep_to_show, me, refused, to_ways
from dialogue.people.ways_forms import PasskeyForm, ProofForm
from dialogue.shared.database import writing
from dialogue.shared.errors import NotFound, Refused
from dialogue.web.access import allow, current_actor

Shown = str | Response | tuple[str, int]


@allow()
def new_passkey() -> str:
    """Ask for a name and the password; the browser does the rest."""
    return _page(PasskeyForm(formdata=None))


@allow()
def begin_passkey() -> Answer:
    """What the browser needs for making a passkey, as JSON."""
    from dialogue.people import passkey_exchange  # noqa: PLC0415 - its library is large, and few need it

    person, challenge = me(), new_token().encode()
    answer = passkey_exchange.new_options(person, challenge)
    with writing():
        steps.drop(session.get("passkey"))
        session["passkey"] = steps.begin(steps.Kind.NEW_PASSKEY, current_actor().staff_id, challenge)
    return Answer(answer, mimetype="application/json")


@allow()
def add_passkey() -> Shown:
    """From now on this passkey lets me in."""
    from dialogue.people import passkey_exchange  # noqa: PLC0415 - its library is large, and few need it

    form, actor = PasskeyForm(), current_actor()
    status = refused(form)
    if status:
        return _page(form), status
    try:
        with writing():
            step = steps.take(session.pop("passkey", None), steps.Kind.NEW_PASSKEY)
        if step.staff_id != actor.staff_id:
            raise NotFound
        made = passkey_exchange.read_new(form.credential.data or "", step.kept)
        with writing():
            passkeys.add(actor, me(), form.name.data, made)
            codes = ways.codes_for_the_first(actor, actor.staff_id)
            token = keep_to_show(codes) if codes else None
    except NotFound:
        return _page(form, [_("Dat duurde te lang. Probeer het nog eens.")]), 422
    except Refused as refusal:
        return _page(form, list(refusal.reasons)), 422
    return after_adding(token, _("Je kan je nu aanmelden met deze toegangssleutel."))


@allow()
def remove_passkey(passkey_id: int) -> str:
    """Ask for the password before a passkey goes."""
    return _sure(passkeys.get_own(current_actor(), passkey_id), ProofForm(formdata=None))


@allow()
def remove_passkey_post(passkey_id: int) -> Shown:
    """This passkey lets nobody in any more."""
    passkey, form = passkeys.get_own(current_actor(), passkey_id), ProofForm()
    status = refused(form)
    if status:
        return _sure(passkey, form), status
    with writing():
        passkeys.remove(current_actor(), passkeys.get_own(current_actor(), passkey_id))
        ways.tidy(current_actor().staff_id)
    return to_ways(_("Deze toegangssleutel werkt niet meer."))


def _page(form: PasskeyForm, reasons: list[str] | None = None) -> str:
    return render_template(
        "people/new_passkey.html", form=form, reasons=reasons or [], me=me(), with_passkey=passkeys.possible()
    )


def _sure(passkey: Passkey, form: ProofForm) -> str:
    title = _("“%(name)s” verwijderen", name=passkey.name)
    what = _("Met deze toegangssleutel kan dan niemand zich nog aanmelden. Verwijder hem ook op het toestel zelf.")
    return render_template(
        "people/sure.html", form=form, title=title, what=what, verb=_("Verwijder de toegangssleutel")
    )
