"""How every change of a letter begins: the case locked, then the letter; may this person; has it gone?"""

from cases.dates import weekday_date
from cases.models import Case
from cases.refusal import NotYours, Refusal
from letters import access


def lock(letter):
    """The case first, as every fact does, then the letter, read again: by itself, as `letter_page` says."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=letter.case_id)
    return case.letters.select_for_update(of=("self",)).get(pk=letter.pk)


def check_worker(letter, by):
    if not access.may_work_on(by, letter):
        raise NotYours(f"This letter is written and sent by {letter.sender}.")


def check_not_gone(letter):
    if letter.is_gone:
        raise Refusal(said_of_gone(letter))


def said_of_gone(letter):
    return (
        f"{name_of(letter.sent_by)} sent this letter on {weekday_date(letter.sent_on)}. It is sent once and "
        "nothing in it changes any more; if something has to be put right, write a further letter."
    )


def name_of(person):
    return person.name if person else "The system"
