"""duties with a history, and mail

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANGES = ("owed", "extended", "brought_forward", "handed_over", "kept", "cancelled")
KINDS = ("reminder", "digest", "escalation")
STATES = ("waiting", "sent", "failed", "needless")


def upgrade() -> None:
    op.add_column("duty", sa.Column("first_due", sa.Date(), nullable=True))
    op.add_column("duty", sa.Column("extended_because", sa.String(), nullable=True))
    op.create_table(
        "duty_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Enum(*CHANGES, name="change", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_duty_change_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_change_duty_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_change")),
    )
    op.create_index(op.f("ix_duty_change_duty_id"), "duty_change", ["duty_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="noticekind", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("state", sa.Enum(*STATES, name="noticestate", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["staff_member_id"], ["staff_member.id"], name=op.f("fk_notice_staff_member_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("kind", "day", "staff_member_id", name=op.f("uq_notice_kind")),
    )
    op.create_index(op.f("ix_notice_staff_member_id"), "notice", ["staff_member_id"], unique=False)
    op.create_index(op.f("ix_notice_state"), "notice", ["state"], unique=False)
    op.create_table("notice_round", sa.Column("day", sa.Date(), nullable=False), sa.PrimaryKeyConstraint("day", name=op.f("pk_notice_round")))
    op.create_table(
        "duty_wishes",
        sa.Column("staff_member_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("calendar_hash", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(["staff_member_id"], ["staff_member.id"], name=op.f("fk_duty_wishes_staff_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("staff_member_id", name=op.f("pk_duty_wishes")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_duty_wishes_calendar_hash")),
    )
    op.create_table(
        "late_rule",
        sa.Column("municipality_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shown_after", sa.Integer(), nullable=False),
        sa.CheckConstraint("shown_after BETWEEN 0 AND 30", name=op.f("ck_late_rule_shown_after")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_late_rule_municipality_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_late_rule")),
    )


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
