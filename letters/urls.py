from django.urls import path

from letters.views import reading, wordings, writing

urlpatterns = [
    path("cases/<key>/letters/", writing.case_letters, name="case_letters"),
    path("cases/<key>/letters/new/<kind>/", writing.draft_letter, name="draft_letter"),
    path("cases/<key>/letters/<letter_key>/", reading.letter, name="letter"),
    path("cases/<key>/letters/<letter_key>/edit/", writing.letter_edit, name="letter_edit"),
    path("cases/<key>/letters/<letter_key>/check/", writing.letter_check, name="letter_check"),
    path("cases/<key>/letters/<letter_key>/send/", writing.letter_send, name="letter_send"),
    path("cases/<key>/letters/<letter_key>/pdf/", reading.letter_pdf, name="letter_pdf"),
    path(
        "cases/<key>/letters/<letter_key>/acknowledge/", reading.letter_acknowledge, name="letter_acknowledge"
    ),
    path("cases/<key>/letters/<letter_key>/score/", reading.letter_score, name="letter_score"),
    path("wordings/", wordings.wordings, name="wordings"),
    path("wordings/<kind>/", wordings.wording_edit, name="wording_edit"),
]
