"""Files people add: taken in, looked at before anybody may open them, kept outside what the web serves, handed out.

    receiving.py    a person adds a file: it waits, and nobody can open it
    admitting.py    a worker looks at what waits: admitted, held for a person, or refused, with a sentence
    deciding.py     a person releases or refuses what is held, strikes out what is wrong; only disposal deletes
    workbench.py    a process of its own with little time and memory, in which strangers' bytes are opened
    pictures.py documents.py    what is asked of a picture and of a PDF, and what is done to them
    scanner.py      the port to a scanner for malware
    store.py        where the bytes lie
    names.py        what a file may be called

`workbench`, `pictures`, `documents` and `verdict` run without Django: nothing of the service is in that process.
"""
