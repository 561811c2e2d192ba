"""Where a table is kept between its trial and its import."""

import datetime
from importlib import import_module

from django.conf import settings
from tablib import Dataset


class KeptTable:
    """A table between its trial and its import, in an entry of its own in the session store.

    All processes share that store, nobody can change what is in it, and it forgets by itself what is old.
    """

    LASTS = datetime.timedelta(hours=2)
    SessionStore = import_module(settings.SESSION_ENGINE).SessionStore

    @classmethod
    def keep(cls, dataset, whose):
        cls.SessionStore.clear_expired()
        store = cls.SessionStore()
        store.update({"table": [dataset.headers, *dataset], "whose": whose})
        store.set_expiry(cls.LASTS)
        store.create()
        return store.session_key

    @classmethod
    def find(cls, key, whose):
        """The table of this key, or None if it is gone or somebody else's."""
        store = cls.SessionStore(key)
        if not key.isalnum() or not key.isascii() or store.get("whose") != whose:
            return None
        headers, *rows = store["table"]
        return Dataset(*rows, headers=headers)

    @classmethod
    def forget(cls, key):
        cls.SessionStore(key).delete()
