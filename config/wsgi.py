import os

from django.core.wsgi import get_wsgi_application

from config.encodings import in_utf_8
from config.production import refuse_if_unfit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

refuse_if_unfit(serves_people=True)
application = in_utf_8(get_wsgi_application())
