"""Forms for places, their tablets, and partners."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError

from dialogue.places.models import Partner, Place
from dialogue.places.services import name_taken
from dialogue.places.tablets import PIN
from dialogue.places.words import SETTING_WORDS
from dialogue.shared.actor import Actor
from dialogue.web.forms import Form, line, options


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class PlaceForm(Form):
    """A place: where a QR code hangs."""

    name = line(
        _l("Naam van de plaats"), most=80, hint=_l("Zo staat ze op de affiche, bijvoorbeeld Jeugdhuis De Kring.")
    )
    setting = SelectField(_l("Wat voor plaats is het?"), choices=options(SETTING_WORDS.items()))
    partner_id = SelectField(_l("Partner"), coerce=_number, description=_l("Wie ons daar binnenlaat."))
    parent_id = SelectField(
        _l("Telt mee bij"),
        coerce=_number,
        description=_l(
            "Zolang er minder dan tien antwoorden zijn, tellen ze mee bij deze grotere plaats, bijvoorbeeld de wijk."
        ),
    )

    def __init__(self, actor: Actor, places: Sequence[Place], partners: Sequence[Partner], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actor, self.place = actor, kwargs.get("obj")
        self.partner_id.choices = options([("", _("geen")), *((p.id, p.name) for p in partners)])
        others = [p for p in places if p is not self.place]
        self.parent_id.choices = options([("", _("de hele gemeente")), *((p.id, p.name) for p in others)])

    def validate_name(self, field: Any) -> None:
        if name_taken(Place, self.actor.municipality_id, field.data, self.place):
            raise ValidationError(_("Er is al een plaats met deze naam. Kies een andere naam."))

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, for the services."""
        return {name: self[name].data for name in ("name", "setting", "partner_id", "parent_id")}


class TabletForm(Form):
    """A tablet that is locked for the children of a place."""

    name = line(_l("Waar ligt deze tablet?"), most=80, hint=_l("Bijvoorbeeld: aan de balie."))
    pin = line(
        _l("Zes cijfers om hem van het slot te doen"),
        most=20,
        hint=_l("Geef ze alleen aan wie bij de tablet is. Kies geen datum en geen 123456."),
        render_kw={"autocomplete": "off", "inputmode": "numeric", "class": "short code"},
    )

    def validate_pin(self, field: Any) -> None:
        if not re.fullmatch(PIN, field.data or "", re.ASCII):
            raise ValidationError(_("Kies precies zes cijfers."))


class PartnerForm(Form):
    """A partner: an organisation that opens its door to us."""

    name = line(_l("Naam van de partner"), most=80)
    contact = line(_l("Contact"), required=False, hint=_l("Naam en telefoon of e-mail; alleen medewerkers zien dit."))
    publishes = BooleanField(
        _l("Uitkomsten van deze partner mogen openbaar getoond worden"),
        description=_l("Vraag dit eerst. Zonder akkoord zien alleen medewerkers de uitkomsten per plaats."),
    )

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.actor, self.partner = actor, kwargs.get("obj")

    def validate_name(self, field: Any) -> None:
        if name_taken(Partner, self.actor.municipality_id, field.data, self.partner):
            raise ValidationError(_("Er is al een partner met deze naam. Kies een andere naam."))

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, for the services."""
        return {"name": self.name.data, "contact": self.contact.data or "", "publishes": self.publishes.data}
