from reports.models.annual import AnnualReport, AnnualSection
from reports.models.feed import Feed, FeedEntry
from reports.models.files import AnswerFile
from reports.models.foi import FoiReply, FoiRequest
from reports.models.follow_up import FollowUp
from reports.models.following import Following, Sighting
from reports.models.quality import ListOwner
from reports.models.saved_view import SavedView
from reports.records.models import AccessPack, Certificate, Disposal, Hold

__all__ = [
    "AccessPack",
    "AnnualReport",
    "AnnualSection",
    "AnswerFile",
    "Certificate",
    "Disposal",
    "Feed",
    "FeedEntry",
    "FoiReply",
    "FoiRequest",
    "FollowUp",
    "Following",
    "Hold",
    "ListOwner",
    "SavedView",
    "Sighting",
]
