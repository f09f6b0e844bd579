import os

from django.core.wsgi import get_wsgi_application

from config.production import refuse_if_unfit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
refuse_if_unfit()
