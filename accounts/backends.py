from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts import moves
from accounts.models import RoleChange, User


class PersonBackend(ModelBackend):
    """E-mail and password. Every page names the person's organisation, so it comes with the person."""

    def get_user(self, user_id):
        """The person as they are today: one who has left is nobody, one who moves today has moved."""
        due = RoleChange.objects.filter(
            person=OuterRef("pk"), applied_at=None, from_on__lte=timezone.localdate()
        )
        everybody = User.objects.select_related("organisation").annotate(moves_today=Exists(due))
        person = everybody.filter(pk=user_id).first()
        if person is None or not self.user_can_authenticate(person):
            return None
        if person.moves_today:
            moves.apply_due(person=person)
            person = everybody.get(pk=user_id)
        return person

    def user_can_authenticate(self, user):
        """The people of the demonstration, whose secrets are printed, are nobody in production."""
        invented = settings.IS_PRODUCTION and user.is_demonstration
        return super().user_can_authenticate(user) and not invented
