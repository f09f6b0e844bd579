"""What of an answer must stand in the audit trail: one entry for each act and for each look at a child's record."""

from accounts import urls as doors

ROUTES_OF_ACCOUNTS = {route.name for route in (*doors.urlpatterns, *doors.directory_urlpatterns)}
# Pages on which no child is named.
ABOUT_NO_CHILD = ROUTES_OF_ACCOUNTS | {
    "health", "protocol", "protocol_duty", "agreements", "agreement", "agreement_new", "agreement_review", "child_new",
    "wordings", "wording_edit", "ladder", "referral_checklist", "blank_referral_form", "cover_new", "cover_end",
    "board_clock", "view_save", "answers", "answer_file", "foi", "foi_new", "foi_request", "feed", "exports", "export",
    "export_case", "quality", "conformance", "conformance_path", "annual", "annual_report", "annual_section",
    "inspection", "inbox_settings", "undeliverable",
}  # fmt: skip
# The advice line keeps a trail of its own, and nothing of it may be read off this one (PN 3.2).
OF_THE_ADVICE_LINE = {
    "advice", "advice_new", "advice_note", "rota", "rota_fill", "rota_day", "referral_advice", "referral_advice_find",
    "referral_advice_hold_back", "referral_advice_share",
}  # fmt: skip
# What a person typed too late is theirs and nobody's record; that codes were made is kept, and not that they were shown.
LEAVES_NO_RECORD = {"throw_away_kept_work", "stay", "mfa_view_recovery_codes"}
# What changes nothing but a session, which is looked at nowhere here.
CHANGES_A_SESSION = {"sign_out"}


def not_kept(page, answer):
    """What is wrong with what an answer left in the trail, or nothing."""
    if page.name in OF_THE_ADVICE_LINE | LEAVES_NO_RECORD:
        return f"{answer.entries} ENTRIES of what has a trail of its own" if answer.entries else ""
    is_shown = answer.status == 200 and page.name not in ABOUT_NO_CHILD
    if page.name in CHANGES_A_SESSION and answer.entries <= 1:
        return ""
    if answer.changed or is_shown:
        what = f"that changed {', '.join(answer.changed)}" if answer.changed else "for a look at a child"
        return "" if answer.entries == 1 else f"{answer.entries} ENTRIES {what}"
    return "" if answer.entries == 0 else f"{answer.entries} ENTRIES where nothing was changed or shown"
