"""Forms of people: signing in, choosing a password, one's own account and the team."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import Email, EqualTo, InputRequired, Length, ValidationError

from dialogue.people.models import Department, StaffMember
from dialogue.people.rules import LONGEST_PASSWORD, ROLES, why_not_password
from dialogue.shared.actor import Role
from dialogue.shared.text import clean
from dialogue.web.forms import REQUIRED, Day, Form, line, options
from dialogue.web.i18n import WHOLE

WHOLE_TOWN = 0


def address(label: Any, autocomplete: str) -> StringField:
    """An e-mail address, in lower case."""
    checks = [InputRequired(REQUIRED), Length(max=200), Email(_l("Dit is geen e-mailadres. Kijk het na."))]
    return StringField(
        label,
        checks,
        [lambda value: clean(value, lines=False).lower() if value else value],
        render_kw={"autocomplete": autocomplete, "inputmode": "email"},
    )


def password(label: Any, autocomplete: str = "current-password", **kwargs: Any) -> PasswordField:
    """A password as it is typed."""
    checks = [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD, message=_l("Dit is te lang."))]
    return PasswordField(label, checks, render_kw={"autocomplete": autocomplete}, **kwargs)


class SignInForm(Form):
    """Address and password."""

    email = address(_l("E-mailadres"), "username")
    password = password(_l("Wachtwoord"))
    next = HiddenField()


class NewPasswordForm(Form):
    """A new password, twice. Set `own_words` to what is too easy for this person."""

    own_words: tuple[str, ...] = ()
    password = password(
        _l("Kies een wachtwoord"), "new-password", description=_l("Minstens 12 tekens. Een zinnetje is prima.")
    )
    again = PasswordField(
        _l("Typ het nog eens"),
        [InputRequired(REQUIRED), EqualTo("password", _l("Dit is niet hetzelfde. Typ het wachtwoord twee keer."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: Any) -> None:
        """Long enough, and not one that everybody guesses."""
        for reason in why_not_password(field.data, *self.own_words):
            raise ValidationError(reason)


class ChangePasswordForm(NewPasswordForm):
    """Another password; the old one proves that it is you."""

    old = password(_l("Je wachtwoord van nu"))


class DetailsForm(Form):
    """Who I am, as others read it."""

    name = line(_l("Je naam"), most=100, render_kw={"autocomplete": "name"})
    title = line(
        _l("Wat je doet, zoals kinderen het lezen"),
        required=False,
        most=100,
        hint=_l("Bijvoorbeeld: schepen van Mobiliteit, of: werkt bij de jeugddienst."),
    )
    language = SelectField(_l("Taal van de pagina's"), [InputRequired(REQUIRED)], choices=options(WHOLE.items()))


class DeputyForm(Form):
    """Who stands in for me, and when."""

    deputy = SelectField(_l("Wie vervangt je?"), [InputRequired(REQUIRED)], coerce=int)
    begins = Day(_l("Eerste dag"), [InputRequired(REQUIRED)])
    ends = Day(_l("Laatste dag"), [InputRequired(REQUIRED)])

    def offer(self, people: list[StaffMember]) -> "DeputyForm":
        """Let the reader choose from these people."""
        self.deputy.choices = options((person.id, person.name) for person in people)
        return self


class RoleForm(Form):
    """A role, and for which department."""

    role = RadioField(
        _l("Rol"),
        [InputRequired(_l("Kies een rol."))],
        choices=options((role.value, name) for role, (name, _does) in ROLES.items()),
    )
    department = SelectField(
        _l("Dienst"),
        [InputRequired(REQUIRED)],
        coerce=int,
        description=_l("Opsteller, lezer en beslisser zijn rollen van één dienst; de andere gelden voor iedereen."),
    )

    def offer(self, departments: list[Department]) -> "RoleForm":
        """Let the reader choose from these departments."""
        whole = (WHOLE_TOWN, _("de hele gemeente"))
        self.department.choices = options([whole, *((one.id, one.name) for one in departments)])
        self.role.choices = options((role.value, f"{name}: {does}") for role, (name, does) in ROLES.items())
        return self

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)


class InviteForm(RoleForm):
    """Somebody new, with a first role."""

    name = line(_l("Naam"), most=100)
    email = address(_l("E-mailadres"), "off")
