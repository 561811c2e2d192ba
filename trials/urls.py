from django.urls import path, re_path

from temsisite.publishing.feeds import RecordChangesFeed
from temsisite.publishing.pages import public_page
from trials import views
from trials.models import Trial

trial_changes = public_page(RecordChangesFeed(Trial, "findings"))

app_name = "trials"
urlpatterns = [
    path("trials/", views.trial_list, name="trial_list"),
    re_path(r"^trials/(?P<nct_id>(?i:nct)\d{8})/$", views.trial_by_nct_id, name="trial_by_nct_id"),
    path("trials/<slug:slug>/", views.trial_detail, name="trial_detail"),
    path("trials/<slug:slug>/changes.atom", trial_changes, name="trial_changes"),
    path("findings/", views.finding_list, name="finding_list"),
    path("findings/<slug:slug>/", views.finding_detail, name="finding_detail"),
]
