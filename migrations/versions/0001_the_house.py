"""the house

Revision: 0001, after
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# The database itself refuses to rewrite history.
TRIGGERS = [
    "CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END",
    "CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END",
    "CREATE TRIGGER ledger_entry_only_at_the_end BEFORE INSERT ON ledger_entry WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entry) OR EXISTS (SELECT 1 FROM ledger_entry WHERE hash = NEW.hash) BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END",
    "CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END",
    "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END",
    "CREATE TRIGGER wave_never_back BEFORE UPDATE OF state ON wave WHEN OLD.state <> 'draft' AND NEW.state = 'draft' BEGIN SELECT RAISE(ABORT, 'a wave that was open is never a draft again'); END",
    "CREATE TRIGGER instrument_no_update BEFORE UPDATE ON instrument BEGIN SELECT RAISE(ABORT, 'instrument is append-only'); END",
    "CREATE TRIGGER instrument_no_delete BEFORE DELETE ON instrument BEGIN SELECT RAISE(ABORT, 'instrument is append-only'); END",
    "CREATE TRIGGER proof_no_update BEFORE UPDATE ON proof BEGIN SELECT RAISE(ABORT, 'proof is append-only'); END",
    "CREATE TRIGGER proof_no_delete BEFORE DELETE ON proof BEGIN SELECT RAISE(ABORT, 'proof is append-only'); END",
    "CREATE TRIGGER answered_no_update BEFORE UPDATE ON answered BEGIN SELECT RAISE(ABORT, 'answered is append-only'); END",
    "CREATE TRIGGER answered_no_delete BEFORE DELETE ON answered BEGIN SELECT RAISE(ABORT, 'answered is append-only'); END",
]

POSTGRESQL_TRIGGERS = [
    """
    CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '%', coalesce(TG_ARGV[0], TG_TABLE_NAME || ' is append-only')
      USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION only_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entry) THEN
    RAISE EXCEPTION 'ledger_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END IF; RETURN NEW; END $$
    """,
    "CREATE TRIGGER ledger_entry_only_at_the_end BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION only_at_the_end()",
    "CREATE TRIGGER wave_never_back BEFORE UPDATE OF state ON wave FOR EACH ROW WHEN (OLD.state <> 'draft' AND NEW.state = 'draft') EXECUTE FUNCTION refuse_change('a wave that was open is never a draft again')",
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} FOR EACH {what} EXECUTE FUNCTION refuse_change()"
        for table in ("ledger_entry", "decision", "instrument", "proof", "answered")
        for verb, what in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    ),
]


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("keys_check", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=True),
        sa.Column("after", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_entry_hash")),
    )
    op.create_index(op.f("ix_ledger_entry_object"), "ledger_entry", ["object"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("help_name", sa.String(), nullable=False),
        sa.Column("help_number", sa.String(), nullable=False),
        sa.Column("help_url", sa.String(), nullable=False),
        sa.Column("help_checked_on", sa.Date(), nullable=False),
        sa.Column("disagree_text", sa.String(), nullable=False),
        sa.Column("exit_url", sa.String(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("country IN ('BE', 'NL')", name=op.f("ck_municipality_country")),
        sa.CheckConstraint("smallest_group >= 10", name=op.f("ck_municipality_smallest_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("slug", name=op.f("uq_municipality_slug")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_due"), "outbox", ["due"], unique=False)
    op.create_table(
        "department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_department_municipality_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_department_municipality_id")),
    )
    op.create_index(op.f("ix_department_municipality_id"), "department", ["municipality_id"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_partner_municipality_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_partner_municipality_id")),
    )
    op.create_index(op.f("ix_partner_municipality_id"), "partner", ["municipality_id"], unique=False)
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("deputy_from", sa.Date(), nullable=True),
        sa.Column("deputy_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["staff_member.id"], name=op.f("fk_staff_member_deputy_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_staff_member_municipality_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_member_email")),
    )
    op.create_index(op.f("ix_staff_member_municipality_id"), "staff_member", ["municipality_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("self", "interview", "paper", "workshop", name="channel", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("always_open", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("still_open", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("feeds_plan", sa.String(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_consultation_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_consultation_municipality_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("code", name=op.f("uq_consultation_code")),
    )
    op.create_index(op.f("ix_consultation_department_id"), "consultation", ["department_id"], unique=False)
    op.create_index(op.f("ix_consultation_municipality_id"), "consultation", ["municipality_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "partly",
                "not_adopted",
                "under_study",
                "under_way",
                "not_ours",
                "carried_out",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "body",
            sa.Enum("college", "council", "alderman", "department", name="body", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("under_study_until", sa.Date(), nullable=True),
        sa.Column("passed_to", sa.String(), nullable=False),
        sa.Column("document_title", sa.String(), nullable=False),
        sa.Column("document_uri", sa.String(), nullable=False),
        sa.Column("plan_codes", sa.JSON(), nullable=False),
        sa.Column("budget", sa.String(), nullable=False),
        sa.Column("changes_policy", sa.Boolean(), nullable=False),
        sa.Column("changes_practice", sa.Boolean(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("outcome <> 'not_ours' OR length(trim(passed_to)) > 0", name=op.f("ck_decision_passed_to")),
        sa.CheckConstraint("outcome <> 'under_study' OR under_study_until IS NOT NULL", name=op.f("ck_decision_until")),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_decision_reason")),
        sa.ForeignKeyConstraint(["corrects_id"], ["decision.id"], name=op.f("fk_decision_corrects_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_decision_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_decision_municipality_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff_member.id"], name=op.f("fk_decision_recorded_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_decision_corrects_id")),
    )
    op.create_index(op.f("ix_decision_department_id"), "decision", ["department_id"], unique=False)
    op.create_index(op.f("ix_decision_municipality_id"), "decision", ["municipality_id"], unique=False)
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("chains", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_head", sa.String(), nullable=True),
        sa.Column("docx", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("ends > begins", name=op.f("ck_dossier_days")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff_member.id"], name=op.f("fk_dossier_made_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_dossier_municipality_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    op.create_index(op.f("ix_dossier_municipality_id"), "dossier", ["municipality_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_duty_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_duty_municipality_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_duty_owner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("kind", "object", name=op.f("uq_duty_kind")),
    )
    op.create_index(op.f("ix_duty_department_id"), "duty", ["department_id"], unique=False)
    op.create_index(op.f("ix_duty_due"), "duty", ["due"], unique=False)
    op.create_index(op.f("ix_duty_municipality_id"), "duty", ["municipality_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "maker",
                "reader",
                "decider",
                "coordinator",
                "safeguarding",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_invitation_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["invited_by_id"], ["staff_member.id"], name=op.f("fk_invitation_invited_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_invitation_municipality_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "maker",
                "reader",
                "decider",
                "coordinator",
                "safeguarding",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(role IN ('coordinator', 'safeguarding', 'administrator')) = (department_id IS NULL)", name=op.f("ck_membership_scope")
        ),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_membership_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["staff_member_id"], ["staff_member.id"], name=op.f("fk_membership_staff_member_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_staff_member_id"), "membership", ["staff_member_id"], unique=False)
    op.create_index("uq_membership_role", "membership", ["staff_member_id", "role", "department_id"], unique=True)
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "setting IN ('school', 'special_education', 'childcare', 'youth_centre', 'youth_club', 'sports_club', 'library', 'street', 'social_service', 'online', 'other')",
            name=op.f("ck_place_setting"),
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_place_parent")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_place_municipality_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["parent_id"], ["place.id"], name=op.f("fk_place_parent_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_place_partner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_place_municipality_id")),
    )
    op.create_index(op.f("ix_place_municipality_id"), "place", ["municipality_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_staff_session_staff_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_member_id"), "staff_session", ["staff_member_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "busy", "done", "dropped", name="measurestate", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("dropped_because", sa.String(), nullable=False),
        sa.CheckConstraint("state <> 'done' OR done_on IS NOT NULL", name=op.f("ck_measure_done_on")),
        sa.CheckConstraint("state <> 'dropped' OR length(trim(dropped_because)) > 0", name=op.f("ck_measure_dropped_because")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_measure_decision_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_measure_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_measure_owner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_decision_id"), "measure", ["decision_id"], unique=False)
    op.create_index(op.f("ix_measure_department_id"), "measure", ["department_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("published_at IS NULL OR published_by_id IS NOT NULL", name=op.f("ck_message_published")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_message_decision_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["published_by_id"], ["staff_member.id"], name=op.f("fk_message_published_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["written_by_id"], ["staff_member.id"], name=op.f("fk_message_written_by_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_message_decision_id")),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("next_item", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_version_consultation_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("consultation_id", "band", name=op.f("uq_version_consultation_id")),
    )
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "open", "closed", "answered", name="state", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("hear_back_by", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state = 'draft' OR opened_at IS NOT NULL", name=op.f("ck_wave_opened")),
        sa.CheckConstraint("closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on", name=op.f("ck_wave_days")),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_wave_consultation_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_wave_consultation_id")),
    )
    op.create_index(op.f("ix_wave_consultation_id"), "wave", ["consultation_id"], unique=False)
    op.create_index(
        "uq_wave_one_open",
        "wave",
        ["consultation_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "chart",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("svg", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_chart_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("wave_id", "name", name=op.f("pk_chart")),
    )
    op.create_table(
        "concern",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("followed_up", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["read_by_id"], ["staff_member.id"], name=op.f("fk_concern_read_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_concern_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_concern")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_concern_wave_id"), "concern", ["wave_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=16), nullable=True),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("self", "interview", "paper", "workshop", name="channel", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "reading",
            sa.Enum(
                "unread",
                "concern",
                "held",
                "coded",
                "no_request",
                "withdrawn",
                name="reading",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_contribution_place_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_contribution_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contribution")),
        sa.UniqueConstraint("tag", name=op.f("uq_contribution_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_contribution_reading", "contribution", ["wave_id", "reading", "key"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_import_batch_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("wave_id", "sha256", name=op.f("uq_import_batch_wave_id")),
    )
    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_instrument_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("wave_id", "band", "number", name=op.f("uq_instrument_wave_id")),
    )
    op.create_index(op.f("ix_instrument_sha256"), "instrument", ["sha256"], unique=False)
    op.create_index(op.f("ix_instrument_wave_id"), "instrument", ["wave_id"], unique=False)
    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("uri", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_proof_title")),
        sa.ForeignKeyConstraint(["added_by_id"], ["staff_member.id"], name=op.f("fk_proof_added_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_proof_measure_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
    )
    op.create_index(op.f("ix_proof_measure_id"), "proof", ["measure_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_publication_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("wave_id", name=op.f("pk_publication")),
    )
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["consultation_id"], ["consultation.id"], name=op.f("fk_signal_consultation_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_signal_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff_member.id"], name=op.f("fk_signal_made_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_signal_municipality_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_signal_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    op.create_index(op.f("ix_signal_consultation_id"), "signal", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_signal_department_id"), "signal", ["department_id"], unique=False)
    op.create_index(op.f("ix_signal_municipality_id"), "signal", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_signal_wave_id"), "signal", ["wave_id"], unique=False)
    op.create_table(
        "tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_tally_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("wave_id", "band", "place_id", "item", "option", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waiting",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_waiting_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("wave_id", "band", "place_id", name=op.f("pk_waiting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_basis",
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("option", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_answer_basis_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("signal_id", "band", "item", "option", name=op.f("pk_answer_basis")),
    )
    op.create_table(
        "answered",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_answered_decision_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_answered_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("decision_id", "signal_id", name=op.f("pk_answered")),
    )
    op.create_index(op.f("ix_answered_signal_id"), "answered", ["signal_id"], unique=False)
    op.create_table(
        "coding",
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("contribution_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("quote_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_coding_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["contribution_key"], ["contribution.key"], name=op.f("fk_coding_contribution_key"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["quote_by_id"], ["staff_member.id"], name=op.f("fk_coding_quote_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_coding_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("signal_id", "contribution_key", name=op.f("pk_coding")),
    )
    op.create_index(op.f("ix_coding_contribution_key"), "coding", ["contribution_key"], unique=False)
    op.create_table(
        "letter",
        sa.Column("tag", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_letter_batch_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_letter_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("tag", name=op.f("pk_letter")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_letter_wave_id"), "letter", ["wave_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "partly",
                "not_adopted",
                "under_study",
                "under_way",
                "not_ours",
                "carried_out",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(reason)) > 0", name=op.f("ck_proposal_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["staff_member.id"], name=op.f("fk_proposal_by_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_proposal_department_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["signal_id"], ["signal.id"], name=op.f("fk_proposal_signal_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_signal_id"), "proposal", ["signal_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=16), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=True),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.Enum("A", "B", "C", "D", name="band", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("self", "interview", "paper", "workshop", name="channel", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["instrument_id"], ["instrument.id"], name=op.f("fk_response_instrument_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_response_place_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_response_wave_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_response")),
        sa.UniqueConstraint("tag", name=op.f("uq_response_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_response_wave", "response", ["wave_id", "band", "place_id"], unique=False)
    for trigger in TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    raise RuntimeError("Answers are never migrated backwards: restore a backup.")
