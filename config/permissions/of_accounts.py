"""Signing in, people and organisations."""

from config.permissions.groups import ADMINISTRATORS, ANYBODY, SIGNED_IN, THEIR_ADMINISTRATOR
from config.permissions.page import form, press, read

PAGES = (
    read("health", ANYBODY),
    form("sign_in", ANYBODY),
    press("sign_out", SIGNED_IN, ""),
    form("forgotten_password", ANYBODY),
    read("password_link_sent", ANYBODY),
    form("set_password", ANYBODY, "with the link that was sent"),
    form("change_password", SIGNED_IN),
    read("people_admin", ADMINISTRATORS),
    form("person_new", ADMINISTRATORS),
    form("person", THEIR_ADMINISTRATOR),
    form("organisation", ADMINISTRATORS),
)
