"""Organisations and the people in them. Nothing here knows about children."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
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
    # Invented: the password and the second factor are printed for everybody to read.
    is_demonstration = models.BooleanField(default=False, editable=False)

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


class RoleChange(models.Model):
    """A mover: from the day on, this person has another role."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_changes")
    role = models.CharField(max_length=30, choices=PersonRole)
    from_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=PersonRole.values), name="role_change_role_known"
            ),
            models.UniqueConstraint("person", "from_on", name="one_role_change_a_day"),
        ]


class Session(AbstractBaseSession):
    """Whose it is stands beside it, so that a leaver's can be found and ended."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls):
        from accounts.sessions import SessionStore

        return SessionStore


class KeptWork(models.Model):
    """A form that somebody sent when their session had just ended, sealed, for them alone."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_work")
    page = models.CharField(max_length=500)
    action = models.CharField(max_length=500)
    sealed = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("person", "action", name="one_kept_for_each_form")]


class LinkWanted(models.Model):
    """Somebody asked for a link to choose a new password.

    A row is written whoever asks; what becomes of it happens later, so that no answer tells who has an account.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
