"""Who is doing this: a signed-in person with their roles, as the rooms see them."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Actor:
    """One signed-in person. `grants` are (role, department id); department None means the whole municipality."""

    staff_id: int
    name: str
    municipality_id: int
    language: str
    grants: frozenset[tuple[Role, int | None]]
    municipality: str = ""  # its name, for the top of the page
    is_example: bool = False

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
