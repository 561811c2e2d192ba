"""The door for a web server: `gunicorn temsisite.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temsisite.settings")

application = get_wsgi_application()
