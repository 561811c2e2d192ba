"""How a page is looked at: in a window of any width, and with axe."""

import json
from functools import cache

from axe_playwright_python.sync_playwright import Axe

RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, "preload": False}


@cache
def devtools(page):
    """What Chromium does for its own developers, which is quicker than what Playwright makes of it."""
    return page.context.new_cdp_session(page)


def resize(page, width, height=900):
    """Give the page another size; Playwright's own way resizes the window around it as well."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    devtools(page).send("Emulation.setDeviceMetricsOverride", size)


def is_too_wide(page, width):
    """Whether a reader would have to scroll sideways in a window of this width."""
    resize(page, width)
    return page.evaluate("document.documentElement.scrollWidth") > width


def bring_axe(page):
    """Lay axe into a page that was just opened."""
    devtools(page).send("Runtime.evaluate", {"expression": Axe().axe_script})


def violations(page, options=RULES):
    """What axe finds on a page that it was brought into."""
    return page.evaluate(f"axe.run({json.dumps(options)}).then(told => told.violations)")
