"""What tests of people share: somebody invited."""

from dialogue.people import team
from dialogue.people.models import Invitation
from dialogue.shared.actor import Role
from dialogue.shared.database import writing
from tests.builders import Cast, actor_of


def invite(cast: Cast, email: str = "noor@oudenhove.example", role: Role = Role.READER) -> tuple[Invitation, str]:
    department = cast.mobility if role == Role.READER else None
    with writing():
        return team.invite(actor_of(cast.ines), "Noor", email, role, department)
