from django.urls import path

from referrals.views import advice, rota, sharing

urlpatterns = [
    path("advice/", advice.notes, name="advice"),
    path("advice/new/", advice.new_note, name="advice_new"),
    path("advice/<uuid:pk>/", advice.note, name="advice_note"),
    path("rota/", rota.index, name="rota"),
    path("rota/fill/", rota.fill, name="rota_fill"),
    path("rota/<on>/", rota.day, name="rota_day"),
    path("referrals/<key>/advice/", sharing.referral_advice, name="referral_advice"),
    path("referrals/<key>/advice/find/", sharing.find, name="referral_advice_find"),
    path("referrals/<key>/advice/<uuid:pk>/share/", sharing.share, name="referral_advice_share"),
    path("referrals/<key>/advice/<uuid:pk>/hold-back/", sharing.hold_back, name="referral_advice_hold_back"),
]
