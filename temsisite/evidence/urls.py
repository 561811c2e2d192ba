from django.urls import path

from temsisite.evidence import views

app_name = "evidence"
urlpatterns = [
    path("sources/", views.source_list, name="source_list"),
    path("sources/<slug:slug>/", views.source_detail, name="source_detail"),
    path("sources/<slug:slug>/v<int:number>/source.<slug:ending>", views.cite_original, name="cite_original"),
    path("glossary/", views.glossary, name="glossary"),
]
