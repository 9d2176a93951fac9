"""Why a thing of the user's own is not read, kept or found, and what is asked about one, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.importers.reasons import (
    Another,
    CalledInside,
    Double,
    Doubt,
    ImportedFrom,
    MadeOfResults,
    Mistake,
    NameFault,
    NobodyReads,
    NotAsItsFile,
    NothingKept,
    NotUtf8,
    OfName,
    OfPath,
    OthersWanted,
    PathFault,
    Refused,
    Rows,
    Visit,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_quantity, told


@told.register
def _(said: Refused) -> str:
    return f"{told(said.place)}: {told(said.reason)}"


# files and folders

phrase(
    OfPath,
    {
        PathFault.NOT_READ: marked("{path} cannot be read: {reason}"),
        PathFault.NOT_WRITTEN: marked("{path} cannot be written: {reason}"),
        PathFault.NOT_REMOVED: marked("{path} cannot be removed: {reason}"),
        PathFault.MISSING: marked("{path} does not exist; was it moved or renamed?"),
        PathFault.TOO_MANY_FILES: marked("{path} holds more than {most} files"),
        PathFault.NOTHING_TO_READ: marked("{path} holds nothing that is read: {endings}"),
        PathFault.NOT_OF_THE_STORE: marked("{path} is no file of the store: {reason}"),
    },
)
phrase(NobodyReads, marked("nothing here reads {file}; what is read: {endings}"), "file")
phrase(CalledInside, marked("{file} is called {name} inside"))
phrase(NotAsItsFile, marked("it is not called as what it holds, {name}"))


@told.register
def _(said: NotUtf8) -> str:
    place = tr("byte {position}", position=said.position)
    return tr("{file}, {place}: not UTF-8 text", file=said.file, place=place)


# where things are from

phrase(ImportedFrom, marked("{file}, imported {day}"))
phrase(MadeOfResults, marked("made of {count} of your results, {day}"))
phrases(
    Visit,
    {
        Visit.WITH_DOCUMENT: marked("from a document"),
        Visit.ASKED_ABOUT: marked("asked about, or from a document"),
    },
)

# names of things

phrase(
    OfName,
    {
        NameFault.OF_SEVERAL: marked("{name} names several: write one of {choice}"),
        NameFault.OF_NOTHING: marked("nothing of yours is called {name}; the nearest is {choice}"),
        NameFault.NO_NAME: marked("{name} is no name; write small letters, digits and hyphens, up to 60"),
        NameFault.TOO_LARGE: marked("{name} is larger than {limit} bytes"),
    },
    "name",
    counts=("limit",),
)
phrases(NothingKept, {NothingKept.YET: marked("nothing is imported yet; bring in a file with: ipuwhatif import FILE")})
phrase(
    Another,
    {
        Double.CHIP_OF_DOCUMENT: marked(
            "{name} in this document is another than yours of the same name: yours is used. To see its own, export "
            "and remove yours first (ipuwhatif mine export {name}, ipuwhatif mine remove {name})."
        ),
        Double.PROFILE_OF_DOCUMENT: marked(
            "profile {name} in this document is another than yours of the same name: yours is used. To see its own, "
            "export and remove yours first (ipuwhatif mine export {name}, ipuwhatif mine remove {name})."
        ),
        Double.TO_BE_REPLACED: marked("you have another {name} already: is it to be replaced?"),
    },
)

# what is asked

phrase(
    OthersWanted,
    {
        Rows.RESULTS: marked("{place}: {reason}. {count} of {all} results cannot be read: import the others"),
        Rows.PRICES: marked("{place}: {reason}. {count} of {all} prices cannot be read: import the others"),
    },
    counts=("count", "all"),
)
phrases(
    Mistake,
    {
        Mistake.SPARSE: marked("is it the sparse peak? The dense one counts"),
        Mistake.SPARSE_8_BIT: marked(
            "peak_flops_8 is four times peak_flops, and twice is usual: is it the sparse peak? The dense one counts"
        ),
        Mistake.BINARY: marked("is it counted in GB or in GiB?"),
        Mistake.BOTH_DIRECTIONS: marked("does it count both directions? One counts"),
        Mistake.BITS: marked("is it in Gb/s? GB/s are bytes"),
    },
)


@told.register
def _(said: Doubt) -> str:
    return tr(
        "{name}: {value} beside {kin} of {whose}: {question}",
        name=said.name,
        value=said.value,
        kin=format_quantity(said.kin, said.unit),
        whose=said.whose,
        question=told(said.question),
    )
