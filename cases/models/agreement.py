from django.db import models

from accounts.models import Organisation


class LocalAgreement(models.Model):
    """What an authority and a Cafcass office have signed: variations on, time limits tightened (GOV-1).

    The agreement in force when a duty opens governs it; it is never edited, only followed by another.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    cafcass_office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cafcass_agreements"
    )
    from_on = models.DateField("in force from")
    signed_for_cafcass = models.CharField("signed for Cafcass by", max_length=120)
    signed_for_authority = models.CharField("signed for the IRO service by", max_length=120)
    variations = models.JSONField("variations switched on", default=list, blank=True)
    tighter = models.JSONField("tightened limits", default=dict, blank=True)

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "cafcass_office", "from_on"], name="one_agreement_per_day"
            )
        ]

    def __str__(self):
        return f"{self.authority} and {self.cafcass_office}"
