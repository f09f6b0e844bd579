"""The service with the letters' pages in it."""

from django.urls import include, path

urlpatterns = [path("", include("letters.urls")), path("", include("config.urls"))]
