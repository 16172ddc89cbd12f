"""The door for a web server: `gunicorn directory.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from directory.watching.internal import with_metrics
from directory.wholeness import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

application = with_metrics(whole(get_wsgi_application()))
