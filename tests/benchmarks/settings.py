"""The site as production runs it, with a view that does nothing to measure the others by."""

import os
from pathlib import Path
from tempfile import gettempdir

os.environ |= {"DEBUG": "0", "SECRET_KEY": "only-for-measuring-" * 3, "ALLOWED_HOSTS": "testserver"}

from temsisite.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = Path(gettempdir()) / f"temsisite-static-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
