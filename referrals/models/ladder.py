from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from accounts.roles import PersonRole

# Whom a rung may address: the managers of the authority, never the IRO's own service.
ADDRESSED = [
    PersonRole.SOCIAL_WORKER,
    PersonRole.TEAM_MANAGER,
    PersonRole.SERVICE_MANAGER,
    PersonRole.HEAD_OF_SERVICE,
    PersonRole.DIRECTOR,
    PersonRole.CHIEF_EXECUTIVE,
]


class Rung(models.Model):
    """A step of an authority's own ladder of dispute. Without days of its own it stands outside the clock."""

    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    role = models.CharField(
        "role addressed", max_length=30, choices=[(role.value, role.label) for role in ADDRESSED]
    )
    working_days = models.PositiveSmallIntegerField("working days to answer", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "position"], name="one_rung_per_position"),
            models.CheckConstraint(
                condition=Q(working_days__isnull=True) | Q(working_days__range=(1, 20)),
                name="rung_days_within_twenty",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_formal(self):
        """Whether the twenty working days run here (IRO Handbook 6.2)."""
        return self.working_days is not None
