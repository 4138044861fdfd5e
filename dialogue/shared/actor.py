"""Who is doing this: a signed-in person with their roles, as the rooms see them."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; makers, readers and deciders per department, the others for the municipality."""

    MAKER = "maker"
    READER = "reader"
    DECIDER = "decider"
    COORDINATOR = "coordinator"
    SAFEGUARDING = "safeguarding"
    ADMINISTRATOR = "administrator"


MUNICIPALITY_WIDE = frozenset({Role.COORDINATOR, Role.SAFEGUARDING, Role.ADMINISTRATOR})
# The rooms of the thread are for who asks, reads or answers; an administrator or integrity contact has no part in it.
THREAD = frozenset({Role.MAKER, Role.READER, Role.DECIDER, Role.COORDINATOR})


@dataclass(frozen=True)
class Actor:
    """One signed-in person. `grants` are (role, department id); department None means the whole municipality.

    `lent` are the grants that are not their own, but of somebody whom they replace today: (whose id, role, department
    id). `on_behalf_of` is set while such a grant is what lets them do something.
    """

    staff_id: int
    name: str
    municipality_id: int
    language: str
    grants: frozenset[tuple[Role, int | None]]
    municipality: str = ""  # its name, for the top of the page
    is_example: bool = False
    lent: frozenset[tuple[int, Role, int | None]] = frozenset()
    on_behalf_of: int | None = None

    def has(self, role: Role, department_id: int | None = None) -> bool:
        """Whether the person holds `role` anywhere, or, given a department, in that department."""
        return any(r == role and (department_id is None or d is None or d == department_id) for r, d in self.grants)

    def has_any(self, *roles: Role, department_id: int | None = None) -> bool:
        """Whether the person holds one of `roles` (in that department)."""
        return any(self.has(role, department_id) for role in roles)

    @property
    def departments(self) -> frozenset[int]:
        """Departments in which the person holds a role of their own."""
        return frozenset(d for _, d in self.grants if d is not None)

    @property
    def sees_all(self) -> bool:
        """Coordinators see every department of their municipality."""
        return self.has(Role.COORDINATOR)

    def sees(self, department_id: int) -> bool:
        """Whether records of this department may be read."""
        return self.sees_all or department_id in self.departments

    def acting(self, department_id: int, *roles: Role) -> "Actor":
        """The same person, on behalf of whom they replace where only that one's role (of `roles`) lets them do this."""
        if self.on_behalf_of is not None or not self.lent:
            return self
        lets = {(role, where) for role in roles or THREAD for where in (None, department_id)}
        if lets & (self.grants - {(role, where) for _, role, where in self.lent}):
            return self
        return replace(self, on_behalf_of=min((who for who, *grant in self.lent if tuple(grant) in lets), default=None))
