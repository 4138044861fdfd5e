"""Who is told of a duty: its owner, else who makes or decides in its department, else the coordinator; never nobody."""

from collections.abc import Iterable

from dialogue.duties.models import Duty
from dialogue.duties.rules import CONCERN
from dialogue.people.models import StaffMember
from dialogue.people.queries import staff_of
from dialogue.people.rules import NO_PASSWORD, is_replaced
from dialogue.shared.actor import Role
from dialogue.shared.clock import today

# Who is told of these duties of a department; of others its makers.
WHO = dict.fromkeys(("decision", "part", "advice"), (Role.MAKER, Role.DECIDER))


class Staff:
    """The people of one municipality who can sign in, read once, and what each is told."""

    def __init__(self, municipality_id: int) -> None:
        self.people = [one for one in staff_of(municipality_id) if one.password_hash != NO_PASSWORD]
        self._by_id = {person.id: person for person in self.people}

    def told_of(self, duty: Duty) -> list[StaffMember]:
        """Who is reminded of this duty, each once, with the deputies of who is away today."""
        return self._with_deputies(self._owners(duty))

    def warned(self) -> list[StaffMember]:
        """Who hears what is late: the coordinators, else the administrators."""
        return self._with_deputies(self._with_role(Role.COORDINATOR) or self._with_role(Role.ADMINISTRATOR))

    def _owners(self, duty: Duty) -> list[StaffMember]:
        if duty.kind == CONCERN:
            return self._with_role(Role.SAFEGUARDING) or self.warned()
        if duty.owner_id in self._by_id:
            return [self._by_id[duty.owner_id]]
        roles = WHO.get(duty.kind, (Role.MAKER,)) if duty.department_id else ()
        there = [person for role in roles for person in self._with_role(role, duty.department_id)]
        return there or self.warned()

    def _with_role(self, role: Role, department_id: int | None = None) -> list[StaffMember]:
        return [
            person
            for person in self.people
            if any(m.role == role and m.department_id == department_id for m in person.memberships)
        ]

    def _with_deputies(self, people: Iterable[StaffMember]) -> list[StaffMember]:
        found: dict[int, StaffMember] = {}
        for person in people:
            found[person.id] = person
            deputy = self._by_id.get(person.deputy_id or 0)
            if deputy and is_replaced(person, today()):
                found[deputy.id] = deputy
        return list(found.values())
