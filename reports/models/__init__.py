from reports.models.files import AnswerFile
from reports.models.foi import FoiReply, FoiRequest

__all__ = ["AnswerFile", "FoiReply", "FoiRequest"]
