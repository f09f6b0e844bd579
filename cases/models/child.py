from django.db import models

from accounts.models import Organisation
from cases.access import ChildQuerySet
from cases.models.keys import new_key


class Child(models.Model):
    """A child the authority works with. A child outlives every case."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Girl"
        MALE = "M", "Boy"
        UNKNOWN = "U", "Not recorded"

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=160)
    born = models.DateField("date of birth")
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    return_id = models.CharField(
        "number in the statutory return", max_length=20, blank=True, help_text="CHILD in SSDA903 files."
    )
    # A looked-after parent and their child have different IROs (CPPCR 2010 reg 46).
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="babies"
    )

    objects = ChildQuerySet.as_manager()

    class Meta:
        ordering = ["born", "pk"]
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "return_id"],
                condition=~models.Q(return_id=""),
                name="one_child_per_return_id",
            )
        ]

    def __str__(self):
        return self.name

    def age_on(self, day):
        """Whole years on a day; a child born on 29 February turns on 1 March in other years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def age_in_words(self, day):
        """Years; for a baby months, and in the first month days."""
        if years := self.age_on(day):
            return _counted(years, "year")
        months = (day.year - self.born.year) * 12 + day.month - self.born.month - (day.day < self.born.day)
        return _counted(months, "month") if months > 0 else _counted(max(0, (day - self.born).days), "day")


def _counted(number, unit):
    return f"{number} {unit}{'' if number == 1 else 's'}"


class PeriodOfCare(models.Model):
    """A stretch of being looked after, projected from the child's chronology."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="periods")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    legal_status = models.CharField(max_length=60)

    class Meta:
        ordering = ["began_on"]
        verbose_name_plural = "periods of care"
        constraints = [models.UniqueConstraint(fields=["child", "began_on"], name="one_period_per_beginning")]
