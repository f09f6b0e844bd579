"""Signing in, people and organisations."""

from config.permissions.groups import ADMINISTRATORS, ANYBODY, NOBODY, SIGNED_IN, THEIR_ADMINISTRATOR
from config.permissions.page import form, press, read

ENROLLING = "also while the first one is being set up"
OWN, ANOTHERS = "one’s own", "another person’s"

PAGES = (
    read("health", ANYBODY),
    form("sign_in", ANYBODY),
    form("account_login", ANYBODY, "by its other name"),
    form("mfa_authenticate", ANYBODY, "after the password"),
    press("sign_out", ANYBODY),
    form("forgotten_password", ANYBODY),
    read("password_link_sent", ANYBODY),
    form("set_password", ANYBODY, "with the link that was sent"),
    form("change_password", SIGNED_IN),
    form("stay", SIGNED_IN),
    press("throw_away_kept_work", SIGNED_IN, OWN),
    press("throw_away_kept_work", NOBODY, ANOTHERS),
    read("mfa_index", SIGNED_IN, ENROLLING),
    form("mfa_activate_totp", SIGNED_IN, ENROLLING),
    form("mfa_add_webauthn", SIGNED_IN, ENROLLING),
    form("remove_second_factor", SIGNED_IN, OWN),
    form("remove_second_factor", NOBODY, ANOTHERS),
    read("mfa_view_recovery_codes", SIGNED_IN),
    form("mfa_generate_recovery_codes", SIGNED_IN),
    form("mfa_reauthenticate", SIGNED_IN),
    form("mfa_reauthenticate_webauthn", SIGNED_IN),
    read("people_admin", ADMINISTRATORS),
    form("person_new", ADMINISTRATORS),
    form("person", THEIR_ADMINISTRATOR),
    form("role_change", THEIR_ADMINISTRATOR),
    press("withdraw_role_change", THEIR_ADMINISTRATOR),
    form("reset_second_factor", THEIR_ADMINISTRATOR),
    form("organisation", ADMINISTRATORS),
)
# There only where an authority's own directory is configured.
OF_A_DIRECTORY = (
    press("directory", ANYBODY),
    read("directory_unknown", ANYBODY),
    read("directory_failed", ANYBODY),
    read("openid_connect_callback", ANYBODY, "with the directory’s answer"),
)
