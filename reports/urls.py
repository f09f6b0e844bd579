from django.urls import path

from reports.records import views as records

urlpatterns = [
    path("records/", records.records_due, name="records_due"),
    path("records/certificates/<certificate_key>/", records.certificate, name="certificate"),
    path("records/certificates/<certificate_key>/pdf/", records.certificate_pdf, name="certificate_pdf"),
    path("children/<key>/keeping/", records.record_end, name="record_end"),
    path("children/<key>/keeping/<act>/", records.record_end_act, name="record_end_act"),
    path("children/<key>/packs/", records.subject_access, name="subject_access"),
    path("children/<key>/packs/<int:pk>/pdf/", records.subject_access_pdf, name="subject_access_pdf"),
]
