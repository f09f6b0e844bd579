"""Which rows of which table stand within a person's reach, read off the models: what a row belongs to decides.

A table of these rooms that says neither whose it is nor what it hangs on makes `policies` fail: nothing is left
outside by being forgotten.
"""

# ruff: noqa: S608 (every name in these statements is a table's or a column's, none comes from outside)

from django.apps import apps

ROOMS = ("cases", "referrals", "letters", "reports")
# Nothing of a child in them.
OPEN = {
    "cases.heartbeat",
    "cases.noticepreference",
    "cases.undeliverable",
    "letters.wordingversion",
    "referrals.checklist",
    "referrals.dutyday",
    "reports.feed",
}
# `(SELECT …)` is worked out once a query, not once a row.
AUTHORITIES = "ANY ((SELECT protocol_ids('authorities'))::bigint[])"
CASES = "ANY ((SELECT protocol_ids('cases'))::bigint[])"
CHILDREN = "ANY ((SELECT protocol_ids('children'))::bigint[])"
# Restricted, and this person is not on the list: within an authority the one thing that is out of reach.
CASE_OPEN = "({case} <> ALL ((SELECT protocol_ids('shut_cases'))::bigint[]))"
CHILD_OPEN = "({child} <> ALL ((SELECT protocol_ids('shut_children'))::bigint[]))"
# Whose existence a person knows of, though the rest of them is shut: they restricted it, or were told of an emergency.
KNOWN = "ANY ((SELECT protocol_ids('known_cases'))::bigint[])"
PERSON = "(SELECT nullif(current_setting('protocol.person', true), '')::bigint)"
HOME = "(SELECT nullif(current_setting('protocol.home', true), '')::bigint)"
IS_CAFCASS_LEGAL = "(SELECT current_setting('protocol.part', true)) = 'cafcass_legal'"
TOLD = f"EXISTS (SELECT 1 FROM referrals_disclosure told WHERE told.to_id = {PERSON})"
# What a row without a case of its own is a part of.
WHOLES = {"restriction", "letter", "recipient", "referral", "dispute", "paper"}
# What the models do not say. Of the advice line an officer reaches what was disclosed, and leaves a trace of reading.
OWN = {
    "cases.case": f"(authority_id = {AUTHORITIES} AND {CASE_OPEN.format(case='id')}) "
    f"OR id = {CASES} OR id = {KNOWN}",
    "cases.child": f"(authority_id = {AUTHORITIES} AND {CHILD_OPEN.format(child='id')}) OR id = {CHILDREN}",
    "cases.cover": f"organisation_id = {HOME}",
    **dict.fromkeys(
        ("cases.restriction", "cases.emergencyaccess"),
        f"(authority_id = {AUTHORITIES} AND {CASE_OPEN.format(case='case_id')}) "
        f"OR case_id = {CASES} OR case_id = {KNOWN}",
    ),
    "cases.localagreement": f"authority_id = {AUTHORITIES} OR cafcass_office_id = {HOME}",
    "cases.notice": f"recipient_id = {PERSON} "
    "OR EXISTS (SELECT 1 FROM cases_case parent WHERE parent.id = cases_notice.case_id) "
    "OR (case_id IS NULL AND EXISTS (SELECT 1 FROM cases_deadline parent WHERE parent.id = cases_notice.deadline_id)) "
    "OR (case_id IS NULL AND deadline_id IS NULL AND EXISTS (SELECT 1 FROM accounts_user colleague "
    f"WHERE colleague.id = cases_notice.recipient_id AND colleague.organisation_id = {HOME}))",
    **dict.fromkeys(
        ("reports.accesspack", "reports.disposal", "reports.hold"),
        f"authority_id = {AUTHORITIES} AND (child_id IS NULL OR {CHILD_OPEN.format(child='child_id')})",
    ),
    "reports.certificate": f"authority_id = {AUTHORITIES}",
    # A file is for whoever asked for it; a request for information is its organisation’s.
    "reports.feedentry": "EXISTS (SELECT 1 FROM reports_feed mine WHERE mine.id = reports_feedentry.feed_id "
    f"AND mine.person_id = {PERSON})",
    "reports.savedview": f"person_id = {PERSON} OR organisation_id = {HOME}",
    # Whose view it is reaches who follows it: with the view, the followings go.
    "reports.following": f"person_id = {PERSON} OR EXISTS (SELECT 1 FROM reports_savedview mine "
    f"WHERE mine.id = reports_following.view_id AND mine.person_id = {PERSON})",
    "reports.answerfile": f"asked_by_id = {PERSON}",
    "reports.foirequest": f"organisation_id = {HOME}",
    "referrals.advicenote": f"{IS_CAFCASS_LEGAL} OR EXISTS (SELECT 1 FROM referrals_disclosure shared "
    f"WHERE shared.note_id = referrals_advicenote.id AND shared.to_id = {PERSON})",
    "referrals.disclosure": f"{IS_CAFCASS_LEGAL} OR to_id = {PERSON}",
    "referrals.withholding": IS_CAFCASS_LEGAL,
    "referrals.advicetrace": f"{IS_CAFCASS_LEGAL} OR by_id = {PERSON}",
    "referrals.advicechain": f"{IS_CAFCASS_LEGAL} OR {TOLD}",
}


def policies():
    """The condition for each table of these rooms that holds anything of a child, by table."""
    return {
        model._meta.db_table: condition(model) for model in protected() if model._meta.label_lower not in OPEN
    }


def protected():
    every = [
        model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)
    ]
    return sorted(every, key=lambda model: model._meta.db_table)


def condition(model):
    """Its own rule; else whose it is, or what it hangs on."""
    label = model._meta.label_lower
    clauses = [OWN[label]] if label in OWN else [*_by_authority(model), *_by_what_it_hangs_on(model)]
    if not clauses:
        raise LookupError(f"{label} says neither whose it is nor what it hangs on: give it a rule in `OWN`.")
    return " OR ".join(clauses)


def _relations(model):
    return {field.name: field for field in model._meta.concrete_fields if field.is_relation}


def _by_authority(model):
    """The whole authority's, unless it is part of something restricted."""
    if "authority" not in _relations(model):
        return []
    clauses = [f"authority_id = {AUTHORITIES}", *_unless_restricted(model)]
    return [f"({' AND '.join(clauses)})"]


def _unless_restricted(model):
    """The case decides; for what belongs to no case the child; else what it is a part of."""
    relations = _relations(model)
    if "case" in relations:
        yield f"(case_id IS NULL OR {CASE_OPEN.format(case='case_id')})"
        if "child" in relations:
            child = CHILD_OPEN.format(child="child_id")
            yield f"(case_id IS NOT NULL OR child_id IS NULL OR {child})"
        return
    if wholes := _wholes(relations):
        yield _with(model, wholes[0])
    elif "child" in relations:
        yield f"(child_id IS NULL OR {CHILD_OPEN.format(child='child_id')})"


def _by_what_it_hangs_on(model):
    """The case; the row it is a part of; the child, where it belongs to neither; else any row of these rooms."""
    relations = _relations(model)
    if "authority" not in relations:
        return [_with(model, field) for field in _parents(relations)[:1]]
    if "case" in relations:
        clauses = [f"case_id = {CASES}"]
        if "child" in relations:
            clauses.append(f"(case_id IS NULL AND child_id = {CHILDREN})")
        return clauses + [_with(model, field) for name, field in relations.items() if name == "agreement"]
    if wholes := _wholes(relations):
        return [_with(model, wholes[0])]
    if "child" in relations:
        return [f"child_id = {CHILDREN}"]
    return [_with(model, field) for field in _parents(relations)[:1]]


def _wholes(relations):
    return [field for name, field in relations.items() if name in WHOLES]


def _parents(relations):
    return [field for field in relations.values() if field.related_model._meta.app_label in ROOMS]


def _with(model, field):
    """As far within reach as its parent is: the wall around that one answers."""
    table, parent = model._meta.db_table, field.related_model._meta
    return (
        f"EXISTS (SELECT 1 FROM {parent.db_table} parent "
        f"WHERE parent.{parent.pk.column} = {table}.{field.column})"
    )
