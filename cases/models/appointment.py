from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import PersonRole
from cases.models.case import Case
from cases.models.child import Child

APPOINTED_ROLES = [
    PersonRole.IRO,
    PersonRole.GUARDIAN,
    PersonRole.SOCIAL_WORKER,
    PersonRole.TEAM_MANAGER,
    PersonRole.LA_LEGAL,
]
# The Cafcass officer of a referral: a part taken in one, whatever the person's own role is.
REFERRAL_OFFICER = "referral_officer"
HELD = [
    *((role.value, role.label) for role in APPOINTED_ROLES),
    (REFERRAL_OFFICER, "Officer of the referral"),
]


class Appointment(models.Model):
    """Who holds a role for a child, over time. A guardian's belongs to the case and ends with it."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="appointments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="appointments")
    role = models.CharField(max_length=30, choices=HELD)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["child", "role"],
                condition=Q(until_on__isnull=True) & ~Q(role__in=[PersonRole.GUARDIAN, REFERRAL_OFFICER]),
                name="one_holder_of_a_role",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "child"], condition=Q(until_on__isnull=True), name="my_children"),
            models.Index(fields=["person", "case"], condition=Q(until_on__isnull=True), name="my_cases"),
        ]
