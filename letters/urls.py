from django.urls import path

from letters.views import reading, referral, referral_writing, wordings, writing

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
    path("referral-form/", referral.blank_referral_form, name="blank_referral_form"),
    path("cases/<key>/referral-letters/", referral.letters_of_referral, name="letters_of_referral"),
    path("referrals/<referral_key>/letters/", referral.referral_letters, name="referral_letters"),
    path(
        "referrals/<referral_key>/letters/new/<kind>/",
        referral.referral_letter_draft,
        name="referral_letter_draft",
    ),
    path("referrals/<referral_key>/letters/<letter_key>/", referral.referral_letter, name="referral_letter"),
    path(
        "referrals/<referral_key>/letters/<letter_key>/pdf/",
        referral.referral_letter_pdf,
        name="referral_letter_pdf",
    ),
    *(
        path(
            f"referrals/<referral_key>/letters/<letter_key>/{name}/",
            getattr(referral_writing, f"referral_letter_{name}"),
            name=f"referral_letter_{name}",
        )
        for name in ("edit", "recipients", "check", "send")
    ),
    path(
        "referrals/<referral_key>/letters/<letter_key>/to/<int:pk>/pdf/",
        referral.recipient_pdf,
        name="recipient_pdf",
    ),
    path(
        "referrals/<referral_key>/letters/<letter_key>/to/<int:pk>/proof/",
        referral_writing.recipient_proof,
        name="recipient_proof",
    ),
    path("wordings/", wordings.wordings, name="wordings"),
    path("wordings/<kind>/", wordings.wording_edit, name="wording_edit"),
]
