"""How long records are kept, disposals and their certificates, and packs of a whole record."""

from accounts.roles import PersonRole as P
from config.permissions.groups import AUTHORITYS, THE_IRO_MANAGER
from config.permissions.page import form, press, read
from config.permissions.relations import Relation, in_the_roles, standing

KEEP = (P.IRO_MANAGER, P.HEAD_OF_SERVICE, P.LA_LEGAL)
KEEPERS = AUTHORITYS.who_are("The authority’s IRO manager, head of service and LA legal", *KEEP)
WHOEVER_KEEPS = in_the_roles("IRO managers, heads of service and LA legal", *KEEP)
OF_THE_SAME = standing("IRO manager, head of service and LA legal of that authority", Relation.SERVICE, *KEEP)

PAGES = (
    read("records_due", WHOEVER_KEEPS),
    read("certificate", OF_THE_SAME),
    read("certificate_pdf", OF_THE_SAME),
    *(read("record_end", KEEPERS, about) for about in ("in a case", "in no case")),
    *(press("record_end_act", KEEPERS, act) for act in ("propose", "agree", "decline", "hold", "lift")),
    form("subject_access", THE_IRO_MANAGER),
    read("subject_access_pdf", THE_IRO_MANAGER),
)
