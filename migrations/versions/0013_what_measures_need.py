"""what measures need, the codes of the plan, and where to go when not agreeing in every language

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LEVELS = sa.Enum("goal", "plan", "action", name="planlevel", native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "means",
        sa.Column("measure_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("partner_name", sa.String(), nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("budget_about", sa.Boolean(), nullable=False),
        sa.Column("budget_note", sa.String(), nullable=False),
        sa.Column("plan_codes", sa.JSON(), nullable=False),
        sa.Column("stated", sa.Integer(), nullable=True),
        sa.Column("stated_by_id", sa.Integer(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.CheckConstraint("partner_id IS NULL OR partner_name = ''", name=op.f("ck_means_partner")),
        sa.CheckConstraint("budget_cents >= 0", name=op.f("ck_means_budget_cents")),
        sa.CheckConstraint("stated BETWEEN 0 AND 100", name=op.f("ck_means_stated")),
        sa.CheckConstraint(
            "(stated IS NULL) = (stated_by_id IS NULL) AND (stated IS NULL) = (stated_on IS NULL)",
            name=op.f("ck_means_stated_by"),
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_means_measure_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_means_partner_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["stated_by_id"], ["staff_member.id"], name=op.f("fk_means_stated_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("measure_id", name=op.f("pk_means")),
    )
    op.create_table(
        "measure_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(what)) > 0", name=op.f("ck_measure_step_what")),
        sa.CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", name=op.f("ck_measure_step_done_by")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_step_measure_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff_member.id"], name=op.f("fk_measure_step_done_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_step")),
    )
    op.create_index("ix_measure_step_measure_id", "measure_step", ["measure_id"])
    op.create_table(
        "plan_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", LEVELS, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(trim(code)) > 0 AND length(trim(name)) > 0", name=op.f("ck_plan_code_said")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_plan_code_municipality_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_code")),
        sa.UniqueConstraint("municipality_id", "period", "code", name=op.f("uq_plan_code_municipality_id")),
    )
    op.add_column("municipality", sa.Column("disagree_texts", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
