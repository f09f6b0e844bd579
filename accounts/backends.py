from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class PersonBackend(ModelBackend):
    """E-mail and password. Every page names the person's organisation, so it comes with the person."""

    def get_user(self, user_id):
        person = User.objects.select_related("organisation").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
