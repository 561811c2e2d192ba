from django.urls import path

from temsisite.publishing import feeds, views
from temsisite.publishing.pages import conditional

app_name = "publishing"
urlpatterns = [
    path("search/", views.search_page, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", conditional(feeds.ChangesFeed()), name="changes_atom"),
    path("<slug:kinds>/<slug:slug>/history/", views.history, name="history"),
    path("<slug:kinds>/<slug:slug>/v<int:number>/", views.version, name="version"),
    path("<slug:kinds>/<slug:slug>/v<int:number>/cite.<slug:ending>", views.cite, name="cite"),
]
