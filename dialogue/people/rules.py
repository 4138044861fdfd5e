"""What may and may not be done with passwords, roles, deputies and settings; reasons in the words of the reader."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialogue.people.models import Department, Membership, Municipality, StaffMember
from dialogue.shared.actor import MUNICIPALITY_WIDE, THREAD, Actor, Role

NO_PASSWORD = "!"  # noqa: S105  no password was chosen yet: nothing matches it
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
INVITATION_DAYS = 7
FREE_FAILURES = 4
LONGEST_WAIT = timedelta(minutes=1)

# what each role is called, and what the person can do with it
ROLES: dict[Role, tuple[Any, Any]] = {
    Role.MAKER: (_l("opsteller"), _l("maakt bevragingen en opent ze")),
    Role.READER: (_l("lezer"), _l("leest wat kinderen schrijven en bundelt het")),
    Role.DECIDER: (_l("beslisser"), _l("stelt besluiten voor of neemt ze")),
    Role.COORDINATOR: (_l("coördinator"), _l("ziet alle diensten en maakt het bewijs voor het label")),
    Role.SAFEGUARDING: (_l("aanspreekpunt integriteit"), _l("leest de zorgen van kinderen")),
    Role.ADMINISTRATOR: (_l("beheerder"), _l("beheert mensen, diensten en de gegevens van de gemeente")),
}

# what nearly everybody tries first; digits and signs around it add nothing
_COMMON = (
    "wachtwoord|paswoord|password|geheim|secret|welkom|welcome|bonjour|hallo|hello|dialogue|dialoog|admin|beheerder"
    "|gemeente|stadhuis|qwertyuiop|azertyuiop|qwerty|azerty|asdfghjkl|qsdfghjklm|asdfgh|zxcvbnm|wxcvbn|abcdefgh(ijklm)?"
    "|iloveyou|ikhouvanjou|letmein|football|voetbal|kinderen|school|zomer|winter|lente|herfst|maandag|vrijdag|januari"
)
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_LETTERS_TO_REMAIN = 4


def why_not_password(password: str, *own_words: str) -> list[str]:
    """Why this password is too easy; `own_words` are the person's name, address and municipality."""
    if len(password) < SHORTEST_PASSWORD:
        return [
            _(
                "Kies minstens %(min)d tekens. Een zinnetje dat alleen jij bedenkt, is makkelijk te onthouden.",
                min=SHORTEST_PASSWORD,
            )
        ]
    if len(password) > LONGEST_PASSWORD:
        return [_("Kies hoogstens %(max)d tekens.", max=LONGEST_PASSWORD)]
    if _is_common(password, own_words):
        return [
            _(
                "Dit wachtwoord is te makkelijk te raden. "
                "Zet een paar woorden bij elkaar die niets met jou te maken hebben."
            )
        ]
    return []


def _is_common(password: str, own_words: Sequence[str]) -> bool:
    """Whether hardly anything remains without well-known words, the person's own words, digits and repeats."""
    own = [re.escape(word) for text in own_words for word in re.findall(r"\w{3,}", text.lower())]
    known = re.compile("|".join([*sorted(own, key=len, reverse=True), _COMMON]))
    spellings = (password.lower(), password.lower().translate(_LOOKALIKES))
    remains = [re.sub(r"[\W\d_]", "", known.sub(" ", spelling)) for spelling in spellings]
    return min(len(set(rest)) for rest in remains) < _LETTERS_TO_REMAIN


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many wrong passwords in a row: nothing at first, then growing, never for ever."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 1, 10)), LONGEST_WAIT)


def is_replaced(person: StaffMember, today: date) -> bool:
    """Whether the deputy of `person` stands in today; a disabled person hands on nothing."""
    if person.disabled_at or not (person.deputy_id and person.deputy_from and person.deputy_until):
        return False
    return person.deputy_from <= today <= person.deputy_until


def why_not_deputy(person: StaffMember, deputy: StaffMember, begins: date, ends: date, today: date) -> list[str]:
    """Why `deputy` cannot stand in for `person` on these days."""
    reasons = []
    if deputy.id == person.id:
        reasons.append(_("Je kan jezelf niet vervangen."))
    if deputy.disabled_at or deputy.municipality_id != person.municipality_id:
        reasons.append(_("Kies iemand die zich nu kan aanmelden."))
    if ends < begins:
        reasons.append(_("De laatste dag komt vóór de eerste dag."))
    if ends < today:
        reasons.append(_("De laatste dag is al voorbij."))
    return reasons


def why_not_another(deputy: StaffMember | None) -> list[str]:
    """Why nobody else can be named while `deputy` stands in, or will."""
    return [_("%(name)s vervangt al. Stop dat eerst.", name=deputy.name)] if deputy else []


def why_not_name_for(person: StaffMember) -> list[str]:
    """Why a coordinator cannot choose who stands in for `person`: children's worries and the keys are not theirs."""
    if any(m.role in (Role.SAFEGUARDING, Role.ADMINISTRATOR) for m in person.memberships):
        return [
            _(
                "%(name)s leest zorgen van kinderen of beheert wie binnen mag, en kiest zelf wie vervangt.",
                name=person.name,
            )
        ]
    return []


def why_not_give(person: StaffMember, role: Role, department: Department | None) -> list[str]:
    """Why this person cannot get this role (in that department)."""
    reasons = why_not_role(role, department)
    if any(m.role == role and m.department_id == (department.id if department else None) for m in person.memberships):
        reasons.append(_("%(name)s heeft deze rol al.", name=person.name))
    return reasons


def may_pass(actor: Actor, membership: Membership, taker: StaffMember) -> bool:
    """Whether this person may let a role go along when tasks are handed over to `taker`.

    Nobody gives themselves a role, nobody but an administrator one that is as high as their own or higher.
    """
    if taker.id == actor.staff_id or membership.role not in THREAD:
        return False
    return membership.role != Role.COORDINATOR or actor.has(Role.ADMINISTRATOR)


def why_not_role(role: Role, department: Department | None) -> list[str]:
    """Why a role and a department do not go together."""
    if role in MUNICIPALITY_WIDE and department:
        return [_("Deze rol geldt voor de hele gemeente: kies geen dienst.")]
    if role not in MUNICIPALITY_WIDE and not department:
        return [_("Kies voor welke dienst deze rol geldt.")]
    return []


def why_not_take(membership: Membership, administrators: Sequence[StaffMember]) -> list[str]:
    """Why this role cannot be taken away; `administrators` are those who can sign in now."""
    if membership.role == Role.ADMINISTRATOR and _is_last(membership.staff_member, administrators):
        return [_last(membership.staff_member)]
    return []


def why_not_disable(person: StaffMember, administrators: Sequence[StaffMember]) -> list[str]:
    """Why this person cannot be disabled."""
    return [_last(person)] if _is_last(person, administrators) else []


def _is_last(person: StaffMember, administrators: Sequence[StaffMember]) -> bool:
    return [one.id for one in administrators] == [person.id]


def _last(person: StaffMember) -> str:
    return str(_("%(name)s is de enige beheerder. Maak eerst iemand anders beheerder.", name=person.name))


def why_not_smallest_group(town: Municipality, wanted: int) -> list[str]:
    """Why the smallest group that is shown cannot become `wanted`: it only goes up (promises.md, 3)."""
    if wanted < town.smallest_group:
        return [_("De kleinste groep kan alleen groter worden; ze is nu %(now)d.", now=town.smallest_group)]
    return []
