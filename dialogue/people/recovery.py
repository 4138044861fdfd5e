"""Ten codes on paper, for who lost the phone: each works once. Call the verbs inside `with writing():`."""

from sqlalchemy import delete, func, select, update

from dialogue.ledger.services import record
from dialogue.people.models import RecoveryCode
from dialogue.people.sealing import mark
from dialogue.shared.actor import Actor
from dialogue.shared.clock import now
from dialogue.shared.codes import new_code, typed_code
from dialogue.shared.database import db

PURPOSE = "recovery codes"
HOW_MANY = 10
LENGTH = 10  # 30^10: 49 bits
FEW = 3


def new_codes() -> list[str]:
    """Ten new codes, as they are shown: XXXXX-XXXXX."""
    codes = [new_code(LENGTH) for _ in range(HOW_MANY)]
    return [f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}" for code in codes]


def replace(actor: Actor, staff_id: int, codes: list[str]) -> None:
    """From now on these codes work, and those of before no more."""
    forget(staff_id)
    db.session.add_all(RecoveryCode(code_hash=_hash(staff_id, code), staff_member_id=staff_id) for code in codes)
    record(actor, "person.recovery_codes_made", f"person:{staff_id}", after={"codes": len(codes)})


def use(staff_id: int, typed: str) -> bool:
    """Use up a code: False when it is not one of this person's, or was used before."""
    free = update(RecoveryCode).where(
        RecoveryCode.code_hash == _hash(staff_id, typed),
        RecoveryCode.staff_member_id == staff_id,
        RecoveryCode.used_at.is_(None),
    )
    if not db.session.execute(free.values(used_at=now())).rowcount:  # type: ignore[attr-defined]
        return False
    record(f"staff:{staff_id}", "person.recovery_code_used", f"person:{staff_id}", after={"left": left(staff_id)})
    return True


def left(staff_id: int) -> int:
    """How many codes still work."""
    free = select(func.count()).where(RecoveryCode.staff_member_id == staff_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(free) or 0


def forget(staff_id: int) -> None:
    """No code works any more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.staff_member_id == staff_id))


def _hash(staff_id: int, code: str) -> bytes:
    return mark(PURPOSE, staff_id, typed_code(code, LENGTH))
