from __future__ import annotations

from django.urls import path

from kapula_web.insights.views import downloads, measure, model, rows

app_name = "insights"
urlpatterns = [
    path("model/", model.model, name="model"),
    path("model/<slug:code>/change/", model.change, name="change"),
    path("measures/<slug:code>/", measure.measure, name="measure"),
    path("measures/<slug:code>/rows/", rows.rows, name="rows"),
    path("measures/<slug:code>/table.<slug:kind>", downloads.table, name="table"),
    path("measures/<slug:code>/<slug:chart>.<slug:kind>", downloads.picture, name="picture"),
]
