from __future__ import annotations

from django.urls import path

from kapula_web.ledger.views import home, new, rejected, run

app_name = "ledger"
urlpatterns = [
    path("", home.home, name="home"),
    path("new/", new.new, name="new"),
    path("imports/<int:import_id>/", run.one, name="import"),
    path("imports/<int:import_id>/try/", new.try_plan, name="try"),
    path("imports/<int:import_id>/start/", new.start, name="start"),
    path("imports/<int:import_id>/progress/", run.progress, name="progress"),
    path("imports/<int:import_id>/retry/", run.retry, name="retry"),
    path("imports/<int:import_id>/undo/", run.take_back, name="undo"),
    path("imports/<int:import_id>/discard/", run.discard, name="discard"),
    path("imports/<int:import_id>/file/delete/", run.delete_file, name="delete_file"),
    path("imports/<int:import_id>/rejected/", rejected.rows, name="rejected"),
    path("imports/<int:import_id>/rejected.csv", rejected.as_csv, name="rejected_csv"),
    path("imports/<int:import_id>/rejected.xlsx", rejected.as_xlsx, name="rejected_xlsx"),
    path("imports/<int:import_id>/rejected/upload/", rejected.upload, name="rejected_upload"),
    path("imports/<int:import_id>/rejected/<int:row_id>/", rejected.row, name="rejected_row"),
    path("imports/<int:import_id>/rejected/<int:row_id>/set-aside/", rejected.set_aside, name="set_aside"),
    path("sources/<int:source_id>/", home.source, name="source"),
    path("sources/<int:source_id>/forget/", home.forget_mapping, name="forget_mapping"),
]
