"""What the audit trail calls the records of this room: a kind and a key, never a name."""


def child(child):
    return ("child", child.key)


def children(children):
    return [("child", child.key) for child in children]


def case(case):
    """A case alone, as a change to it names it."""
    return ("case", case.key)


def whole(case):
    """A case with every child who is or was in it: whoever reads it reads of them all."""
    keys = case.members.values_list("child__key", flat=True)
    return [("case", case.key), *(("child", key) for key in keys)]


def listed_cases(cases):
    """The cases of a list, with the children whose names stand beside them."""
    named = [member.child for listed in cases for member in listed.members.all()]
    return [*map(case, cases), *children(named)]


def agreement(agreement):
    return ("agreement", agreement.pk)


def subject(subject):
    """Whatever a fact is recorded on, with the children it is about where that is a case."""
    kind = subject._meta.model_name
    if kind == "case":
        return listed_cases([subject])
    return [child(subject)] if kind == "child" else [agreement(subject)]


def events(events):
    return [("event", event.pk) for event in events]


def file(file):
    return ("file", file.key)


def files(files):
    return [file(each) for each in files]
