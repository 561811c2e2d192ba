from django.contrib import admin
from django.urls import include, path

from temsisite import views

urlpatterns = [
    path("api/v1/", include("temsisite.api")),  # first, for what is cheap to answer should be quick to find
    path("", views.home, name="home"),
    path("", include("drugs.urls")),
    path("", include("trials.urls")),
    path("", include("temsisite.evidence.urls")),
    path("", include("temsisite.publishing.urls")),
    path("admin/", admin.site.urls),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
]
handler500 = "temsisite.views.server_error"
