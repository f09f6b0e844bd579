"""Organisations and the people in them. Nothing here knows about children."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from accounts.audit.models import AuditEntry, AuditRecord, AuditSeal
from accounts.roles import ROLES_IN, OrganisationKind, PersonRole

__all__ = ["AuditEntry", "AuditRecord", "AuditSeal", "Organisation", "User"]


class Organisation(models.Model):
    """An agency of the Protocol.

    One that is not on the system still owes and is owed: its facts are recorded on its behalf, its
    letters go out as PDFs, its lateness shows, and nobody there is reminded.
    """

    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=120, unique=True)
    is_on_system = models.BooleanField("uses this system", default=True)
    address = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    letterhead = models.TextField(
        blank=True, help_text="Lines printed at the head and foot of letters, such as officers’ names."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_authority(self):
        return self.kind == OrganisationKind.AUTHORITY


class PersonQuerySet(models.QuerySet):
    def administered_by(self, user):
        """The people of an administrator's own organisation; nobody else administers anyone."""
        if not user.is_active or user.role != PersonRole.ADMINISTRATOR:
            return self.none()
        return self.filter(organisation=user.organisation_id)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, email, password=None, **fields):
        """Add a person; without a password they can be appointed and written to, but not sign in."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person with one role in one organisation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=30, choices=PersonRole)
    manager = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="manages"
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(condition=models.Q(role__in=PersonRole.values), name="person_role_known"),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="people_by_role")]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.organisation_id and self.role not in ROLES_IN[self.organisation.kind]:
            raise ValidationError(
                {
                    "role": f"{self.organisation} is a {self.organisation.get_kind_display().lower()}: "
                    f"it has no {self.get_role_display()}."
                }
            )

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def is_reminded(self):
        """Nobody is reminded in an agency that is not on the system."""
        return self.is_active and self.organisation.is_on_system
