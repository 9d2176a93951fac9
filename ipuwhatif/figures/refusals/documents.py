"""Why a file of scenarios, or one of its fields, is not taken, in words."""

from ipuwhatif.figures.phrase import phrase, phrases
from ipuwhatif.figures.scenarios.lever_words import range_text
from ipuwhatif.scenario.files.reasons import (
    Advised,
    ChangeOf,
    DocumentFault,
    DocumentFull,
    FileAdvice,
    FilePlace,
    KeptTimeBeyond,
    KeyOfLaterVersion,
    LargerThan,
    LeverOutside,
    Named,
    NestedTooDeep,
    NeverWritten,
    NoFile,
    NoScenarioFile,
    NoSubmittedLayout,
    NotInItsScenario,
    NoTitle,
    NoVersion,
    OfNewerVersion,
    OtherFormat,
    OtherKey,
    ReadOnly,
    ReferenceElsewhere,
    SamplesBeyond,
    SaysNothingOf,
    ScenarioCount,
    SystemTwice,
    TooManyLevers,
    TooManySystems,
    TooManySystemsKept,
    UnknownHere,
    UnknownName,
    WrittenOtherwise,
)
from ipuwhatif.texts import marked, tr
from ipuwhatif.units import format_number, quoted, told

phrases(FilePlace, {FilePlace.SCENARIO: marked("scenario")})

# the document

phrases(
    DocumentFault,
    {
        DocumentFault.ONE_SCENARIO_AT_LEAST: marked("a document has at least one scenario"),
        DocumentFault.OWN_TOO_LARGE: marked(
            "the chips, networks and profiles of your own are too large to travel in one file; leave some out"
        ),
        DocumentFault.INTERVAL: marked("a kept interval ends before it begins"),
        DocumentFault.HASH: marked("a kept hash is not 64 digits from 0 to f"),
        DocumentFault.STORY_WITHOUT_STEPS: marked("a story without steps"),
    },
)
phrase(DocumentFull, marked("a document holds up to {most} scenarios; remove one first"))
phrase(NoTitle, marked("{title} is no title; write up to {most} letters on one line"), "title")
phrase(KeptTimeBeyond, marked("a kept time is not above 0 and up to {most} s"))

# the file

phrase(NoFile, marked("{path} is no file; choose a file"))
phrase(ReadOnly, marked("{path} is read-only; save under another name"))
phrase(Advised, marked("{fault}; {advice}"))
phrases(
    FileAdvice,
    {
        FileAdvice.FIND_IT: marked("was it moved or renamed? Open it from where it is now"),
        FileAdvice.ASK_ITS_OWNER: marked("ask its owner for permission, or for a copy"),
        FileAdvice.FREE_SPACE: marked("free some space, or save to another disk"),
        FileAdvice.OWN_FOLDER: marked("save to a folder of your own"),
        FileAdvice.SHORTER_NAME: marked("choose a shorter name"),
        FileAdvice.OTHER_FOLDER: marked("save to another folder"),
    },
)
phrase(NoScenarioFile, marked("{fault}. This is no scenario; choose a file that IPU What-If has saved"))
phrase(NestedTooDeep, marked("nested more than {most} deep"))
phrase(NoVersion, marked("key 'version' is no version; the one that is read is {version}"))
phrase(NeverWritten, marked("version {version} was never written; the oldest is {oldest}"))
phrase(KeyOfLaterVersion, marked("key {key} is unknown in version {version}"), "key")
phrase(ScenarioCount, marked("{count} scenarios; a document holds 1 to {most}"))
phrase(OtherKey, marked("its key is {key}"), "key")


@told.register
def _(said: OtherFormat) -> str:
    reason = tr("no scenario, its format is not {format}", format=quoted(said.format))
    return tr("{reason}; choose a file that IPU What-If has saved", reason=reason)


@told.register
def _(said: OfNewerVersion) -> str:
    reason = tr("a newer version of IPU What-If wrote this file; open it with that one")
    return tr("{fault}; {reason}", fault=told(said.fault), reason=reason)


@told.register
def _(said: LargerThan) -> str:
    return tr("larger than {limit} bytes", limit=f"{said.limit:,}")


# its fields

phrase(NoSubmittedLayout, marked("{name} has no entries with a layout; nearest policy: {best}"))
phrase(SamplesBeyond, marked("key 'samples' is not from 1 to {most}"))
phrase(SaysNothingOf, marked("key {key} must be null or empty for this workload"), "key")
phrase(TooManySystems, marked("{count} systems are too many; the most is {most}"))
phrase(WrittenOtherwise, marked("system {text} is written {key}"), "text")
phrase(SystemTwice, marked("duplicate system {key}"), "key")
phrase(ReferenceElsewhere, marked("reference {name} is not among the systems; nearest: {nearest}"), "name")
phrase(NotInItsScenario, marked("system {key} is not in its scenario; nearest: {nearest}"), "key")
phrase(ChangeOf, marked("a change is between two results, not {count}"))


@told.register
def _(said: TooManyLevers) -> str:
    return tr("more than {most} levers", most=format_number(said.most))


@told.register
def _(said: TooManySystemsKept) -> str:
    return tr("more than {most} systems", most=format_number(said.most))


@told.register
def _(said: UnknownHere) -> str:
    return quoted(said.name)


@told.register
def _(said: LeverOutside) -> str:
    name, reach, near = quoted(said.name), range_text(said.near.lever), told(said.near)
    return tr("{name} is not in its range, {range}; nearest: {near}", name=name, range=reach, near=near)


@told.register
def _(said: UnknownName) -> str:
    name, near = quoted(said.name), said.nearest
    return {
        Named.LEVER: tr("lever {name} is unknown; nearest: {nearest}", name=name, nearest=near),
        Named.PAGE: tr("page {name} is unknown; nearest: {nearest}", name=name, nearest=near),
        Named.RESULT: tr("result {key} is unknown; nearest: {nearest}", key=name, nearest=near),
    }[said.kind]
