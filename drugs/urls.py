from django.urls import path

from drugs import views
from drugs.models import Drug
from temsisite.publishing.feeds import RecordChangesFeed
from temsisite.publishing.pages import public_page

drug_changes = public_page(RecordChangesFeed(Drug, "approvals", "mechanisms", "statements"))

app_name = "drugs"
urlpatterns = [
    path("drugs/", views.drug_list, name="drug_list"),
    path("drugs/<slug:slug>/", views.drug_detail, name="drug_detail"),
    path("drugs/<slug:slug>/changes.atom", drug_changes, name="drug_changes"),
    path("targets/", views.target_list, name="target_list"),
    path("targets/<slug:slug>/", views.target_detail, name="target_detail"),
    path("diseases/", views.disease_list, name="disease_list"),
    path("diseases/<slug:slug>/", views.disease_detail, name="disease_detail"),
    path("approvals/", views.approval_list, name="approval_list"),
    path("approvals/<slug:slug>/", views.approval_detail, name="approval_detail"),
    path("mechanisms/", views.mechanism_list, name="mechanism_list"),
    path("mechanisms/<slug:slug>/", views.mechanism_detail, name="mechanism_detail"),
    path("regulations/", views.regulation_list, name="regulation_list"),
    path("regulations/<slug:slug>/", views.regulation_detail, name="regulation_detail"),
    path("statements/", views.statement_list, name="statement_list"),
    path("statements/<slug:slug>/", views.statement_detail, name="statement_detail"),
]
