from django.contrib.sitemaps.views import index, sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from temsisite.publishing import feeds, views
from temsisite.publishing.pages import conditional
from temsisite.publishing.sitemaps import sitemaps

app_name = "publishing"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", conditional(require_safe(feeds.ChangesFeed())), name="changes_atom"),
    path("<slug:kinds>/<slug:slug>/history/", views.history, name="history"),
    path("<slug:kinds>/<slug:slug>/v<int:number>/", views.version, name="version"),
    path("<slug:kinds>/<slug:slug>/v<int:number>/cite.<slug:ending>", views.cite, name="cite"),
    path(
        "sitemap.xml",
        conditional(require_safe(index)),
        {"sitemaps": sitemaps(), "sitemap_url_name": "publishing:sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<slug:section>.xml", conditional(require_safe(sitemap)), {"sitemaps": sitemaps()}, name="sitemap"),
]
