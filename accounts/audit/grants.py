"""What a database role that serves the product may do with the trail: add to it and read it, nothing else."""

from accounts.audit.models import APPEND_ONLY

SEQUENCES = ("audit_entry_id_seq", "audit_record_id_seq")


def grants(role):
    """The statements, for the owner of the tables to run; an owner could always give itself back what it lost."""
    tables = ", ".join(APPEND_ONLY)
    yield f"REVOKE ALL ON {tables} FROM PUBLIC, {role}"
    yield f"GRANT SELECT, INSERT ON {tables} TO {role}"
    yield f"GRANT USAGE ON SEQUENCE {', '.join(SEQUENCES)} TO {role}"
