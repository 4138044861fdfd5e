"""Forms of the ways to sign in: codes, passkeys and devices."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from dialogue.people.forms import password
from dialogue.web.forms import Form, line

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short code"}
DEVICE_HINT = _l("Bijvoorbeeld: mijn telefoon, of: laptop thuis.")


class FirstCodeForm(Form):
    """The first code of an app shows that it works."""

    code = line(_l("De code die de app nu toont"), most=20, hint=_l("Zes cijfers."), render_kw=CODE)


class CodeForm(Form):
    """A code of the app, and for who decides: whether to ask again on this device."""

    code = line(_l("Code van je telefoon"), most=20, hint=_l("Zes cijfers, uit de app voor codes."), render_kw=CODE)
    remember = BooleanField(
        _l("Onthoud dit toestel"),
        description=_l("Doe dit alleen op een toestel dat van jou is. Je geeft dan alleen nog je wachtwoord."),
    )
    device = line(_l("Hoe noem je dit toestel?"), required=False, most=60, hint=DEVICE_HINT)


class RecoveryForm(Form):
    """A code from the paper."""

    recovery = line(
        _l("Herstelcode"),
        most=30,
        hint=_l("Een van de tien codes die je bewaarde. Elke code werkt één keer."),
        render_kw={"autocomplete": "off", "class": "short code", "autocapitalize": "characters"},
    )


class PasskeySignInForm(Form):
    """What a browser says when a passkey was used."""

    credential = HiddenField()
    next = HiddenField()


class ProofForm(Form):
    """The password, before something goes that kept others out."""

    old = password(_l("Je wachtwoord"))


class PasskeyForm(ProofForm):
    """A new passkey: its name, and what the browser made."""

    name = line(_l("Hoe noem je deze toegangssleutel?"), most=60, hint=DEVICE_HINT)
    credential = HiddenField()


class DeviceForm(Form):
    """A device to be remembered."""

    name = line(_l("Hoe noem je dit toestel?"), most=60, hint=DEVICE_HINT)
