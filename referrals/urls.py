from django.urls import path

from referrals.views import advice, deciding, disputes, handling, ladders, rota, sharing, triage

urlpatterns = [
    path("cases/<key>/disputes/", disputes.case_disputes, name="case_disputes"),
    path("cases/<key>/disputes/new/", disputes.dispute_new, name="dispute_new"),
    path("cases/<key>/disputes/act/<happening>/", disputes.dispute_act, name="dispute_act"),
    path("disputes/ladder/", ladders.ladder, name="ladder"),
    path("disputes/<dispute_key>/", disputes.dispute, name="dispute"),
    path("disputes/<dispute_key>/<act>/", disputes.dispute_do, name="dispute_do"),
    path("advice/", advice.notes, name="advice"),
    path("advice/new/", advice.new_note, name="advice_new"),
    path("advice/<uuid:pk>/", advice.note, name="advice_note"),
    path("rota/", rota.index, name="rota"),
    path("rota/fill/", rota.fill, name="rota_fill"),
    path("rota/<on>/", rota.day, name="rota_day"),
    path("cases/<key>/referrals/act/<happening>/", handling.to_the_act, name="referral_act"),
    path("referrals/", triage.board, name="triage"),
    path("referrals/<referral_key>/decision/", deciding.decision, name="referral_decision"),
    path("referrals/<referral_key>/rights-met/", handling.rights_met, name="referral_rights_met"),
    path(
        "referrals/<referral_key>/permission/<int:pk>/given/",
        handling.permission_given,
        name="referral_permission_given",
    ),
    *(
        path(
            f"referrals/<referral_key>/{name.replace('_', '-')}/",
            handling.act,
            {"name": name},
            name=f"referral_{name}",
        )
        for name in handling.ACTS
    ),
    path("referrals/<key>/advice/", sharing.referral_advice, name="referral_advice"),
    path("referrals/<key>/advice/find/", sharing.find, name="referral_advice_find"),
    path("referrals/<key>/advice/<uuid:pk>/share/", sharing.share, name="referral_advice_share"),
    path("referrals/<key>/advice/<uuid:pk>/hold-back/", sharing.hold_back, name="referral_advice_hold_back"),
]
