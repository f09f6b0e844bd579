"""The addresses of a service that has a directory configured."""

from accounts.urls import directory_urlpatterns
from config.urls import urlpatterns as without

urlpatterns = [*without, *directory_urlpatterns]
