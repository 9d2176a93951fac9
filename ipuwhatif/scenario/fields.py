"""The fields of a scenario file, each checked against the catalog and against the workload that it is about.

Strictly, every one must be there and hold; a file of a newer version is read as far as this one understands it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from ipuwhatif.catalog.documents import Node
from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.names import parse_system
from ipuwhatif.catalog.software import software_choices
from ipuwhatif.catalog.types import RELATIVE, STATED, TARGET, Catalog, SystemChoice, Workload
from ipuwhatif.model.case import BEST, LAYOUT_POLICIES
from ipuwhatif.records import field_names
from ipuwhatif.scenario.amount import LEAST_SAMPLES, MOST_SAMPLES, check_time
from ipuwhatif.scenario.dates import parse_date
from ipuwhatif.scenario.files.document import check_title
from ipuwhatif.scenario.headlines import PAGES, SCALED, SCALES, check_headline
from ipuwhatif.scenario.levers import EVERY, Lever, Levers
from ipuwhatif.scenario.measurements import THROUGHPUT, TIME, Measurement, check_measurement
from ipuwhatif.scenario.prices.prices import BUY, OWN, READ, RECALLED, RENT, Price, check_price
from ipuwhatif.scenario.profiles import check_profile_name
from ipuwhatif.scenario.scenario import BASES, FIRST_START, MOST_SYSTEMS, PER_SYSTEM, Scenario
from ipuwhatif.scenario.sizes import has_layers, parse_layers
from ipuwhatif.texts import tr
from ipuwhatif.units import InputError, format_number, nearest, quoted

MOST_SETTINGS = 1_000  # far above every lever of every system that fits a chart

Read = TypeVar("Read")
Other = TypeVar("Other")


class FieldReader:
    """Reads one object, strictly, or with `lenient` as far as it is understood; `left_out` then names the rest."""

    def __init__(self, node: Node, lenient: bool, catalog: Catalog, levers: Levers) -> None:
        self._node = node
        self._lenient = lenient
        self._catalog = catalog
        self._levers = levers
        self.left_out: list[str] = []

    def scenario(self, read_elsewhere: tuple[str, ...] = ()) -> Scenario:
        """The scenario. Without its workload there is none, however lenient the reading is.

        read_elsewhere: keys of the same object that another reader checks.
        """
        node = self._node
        workload = self._catalog.workloads[one_of(node, "workload", tuple(self._catalog.workloads))]
        systems = self._either("systems", self._systems, ())
        keys = [choice.key for choice in systems]
        first = keys[0] if keys else ""
        scenario = Scenario(
            workload=workload.key,
            recipe=self._either("recipe", lambda: one_of(node, "recipe", workload.recipes), workload.recipes[0]),
            release=self._either(
                "release", lambda: one_of(node, "release", tuple(self._catalog.releases)), FIRST_START.release
            ),
            systems=systems,
            reference=self._either("reference", lambda: self._reference(keys), first),
            policy=self._either("policy", lambda: self._policy(workload), BEST),
            levers=MappingProxyType(self._either("levers", self._settings, {})),
            show_official=self._either("show_official", lambda: node.flag("show_official"), True),
            samples=self._either("samples", lambda: self._samples(workload), None),
            layers=self._either("layers", lambda: self._layers(workload), ()),
            software=self._either("software", lambda: self._software(workload), ""),
            baseline_time_s=self._either("baseline_time_s", lambda: self._baseline_time(workload), None),
            statement=self._either("statement", lambda: self._statement(workload), ""),
            target_s=self._either("target_s", self._target, None),
            basis=self._either("basis", lambda: one_of(node, "basis", BASES), PER_SYSTEM),
            prices=MappingProxyType(self._either("prices", self._prices, {})),
            measurements=MappingProxyType(self._either("measurements", self._measurements, {})),
            subject=self._either("subject", lambda: self._subject(keys), ""),
            headlines=MappingProxyType(self._either("headlines", self._headlines, {})),
            start=self._either("start", self._start, ""),
            profile=self._either("profile", self._profile, ""),
            scales=MappingProxyType(self._either("scales", self._scales, {})),
        )
        if self._lenient:
            known = {"title", *read_elsewhere, *field_names(Scenario)}
            self.left_out += [name for name in node.names() if name not in known]
        else:
            node.close(read_elsewhere)
        return scenario

    def title(self) -> str:
        """The title of the user's own, or an empty text."""
        return self._either("title", self._title, "")

    def _title(self) -> str:
        title = self._node.optional_text("title") or ""
        return self._told(lambda: check_title(title))

    def _target(self) -> float | None:
        seconds = self._node.optional_number("target_s")
        if seconds is not None:
            self._told(lambda: check_time(seconds))
        return seconds

    def _start(self) -> str:
        """The day on which a run begins, which a file names only where one is stated."""
        return self._told(lambda: parse_date(self._node.text("start"))) if self._node.has("start") else ""

    def _profile(self) -> str:
        """The name of a profile, which a file holds only where one is chosen; whether it is here is told when asked."""
        return self._told(lambda: check_profile_name(self._node.text("profile"))) if self._node.has("profile") else ""

    def _prices(self) -> dict[str, Price]:
        return self._by_system("prices", self._price)

    def _measurements(self) -> dict[str, Measurement]:
        return self._by_system("measurements", self._measurement)

    def _by_system(self, name: str, read: Callable[[Node], Read]) -> dict[str, Read]:
        """What is kept for single systems, by their keys."""
        node = self._node.child(name)
        keys = node.names()
        if len(keys) > MOST_SETTINGS:
            raise node.refuse(tr("more than {most} systems", most=format_number(MOST_SETTINGS)))
        values = {key: self._either(f"{name}.{key}", partial(self._of_system, node, key, read), None) for key in keys}
        return {key: value for key, value in values.items() if value is not None}

    def _of_system(self, node: Node, key: str, read: Callable[[Node], Read]) -> Read:
        self._system(key, ())
        return read(node.child(key))

    def _price(self, node: Node) -> Price:
        price = Price(
            amount=node.number("amount"),
            currency=node.text("currency"),
            per=one_of(node, "per", (BUY, RENT)),
            date=node.text("date"),
            origin=node.text("origin"),
            kind=one_of(node, "kind", (READ, RECALLED, OWN)),
            confirmed=node.flag("confirmed"),
        )
        self._close(node)
        self._told(lambda: check_price(price), node)
        return price

    def _measurement(self, node: Node) -> Measurement:
        quantity = one_of(node, "quantity", (TIME, THROUGHPUT))
        release = one_of(node, "release", tuple(self._catalog.releases)) if node.has("release") else ""
        measurement = Measurement(quantity, node.number("value"), node.flag("learnt", False), release)
        self._close(node)
        self._told(lambda: check_measurement(measurement), node)
        return measurement

    def _close(self, node: Node) -> None:
        if not self._lenient:
            node.close()

    def _either(self, name: str, read: Callable[[], Read], otherwise: Other) -> Read | Other:
        try:
            return read()
        except InputError:
            if not self._lenient:
                raise
            self.left_out.append(name)
            return otherwise

    def _systems(self) -> tuple[SystemChoice, ...]:
        texts = self._node.texts("systems")
        if len(texts) > MOST_SYSTEMS:
            raise self._node.refuse(
                tr("{count} systems are too many; the most is {most}", count=len(texts), most=MOST_SYSTEMS)
            )
        systems: list[SystemChoice] = []
        for text in texts:
            choice = self._either(text, partial(self._system, text, systems), None)
            if choice is not None:
                systems.append(choice)
        return tuple(systems)

    def _system(self, text: str, before: Iterable[SystemChoice]) -> SystemChoice:
        choice = self._choice(text, self._node)
        if choice.key != text:
            raise self._node.refuse(tr("system {text} is written {key}", text=quoted(text), key=choice.key))
        if choice in before:
            raise self._node.refuse(tr("duplicate system {key}", key=quoted(text)))
        return choice

    def _choice(self, text: str, node: Node) -> SystemChoice:
        """The system of a text. What is left out is not told, so that no nearest name is sought for thousands of it."""
        if self._lenient and text.partition(":")[0] not in self._catalog.systems:
            raise node.refuse(quoted(text))
        return self._told(lambda: parse_system(text, self._catalog), node)

    def _reference(self, keys: Sequence[str]) -> str:
        reference = self._node.optional_text("reference") or ""
        if reference not in (keys or ("",)):
            raise self._node.refuse(
                tr(
                    "reference {name} is not among the systems; nearest: {nearest}",
                    name=quoted(reference),
                    nearest=nearest(reference, keys) or tr("null"),
                )
            )
        return reference

    def _subject(self, keys: Sequence[str]) -> str:
        if self._lenient and not self._node.has("subject"):
            return ""
        subject = self._node.optional_text("subject")
        return "" if subject is None else one_of(self._node, "subject", tuple(keys) or ("",))

    def _headlines(self) -> dict[str, str]:
        if self._lenient and not self._node.has("headlines"):
            return {}
        node = self._node.child("headlines")
        pages = node.names()
        for page in pages:
            if page not in PAGES:
                near = nearest(page, PAGES) or PAGES[0]
                raise node.refuse(tr("page {name} is unknown; nearest: {nearest}", name=quoted(page), nearest=near))
        return {page: self._told(partial(check_headline, node.text(page)), node) for page in pages}

    def _scales(self) -> dict[str, str]:
        """There where the axis of a page was switched."""
        if not self._node.has("scales"):
            return {}
        node = self._node.child("scales")
        for page in node.names():
            if page not in SCALED:
                near = nearest(page, SCALED) or SCALED[0]
                raise node.refuse(tr("page {name} is unknown; nearest: {nearest}", name=quoted(page), nearest=near))
        return {page: one_of(node, page, SCALES) for page in node.names()}

    def _policy(self, workload: Workload) -> str:
        policy = one_of(self._node, "policy", LAYOUT_POLICIES)
        if policy != BEST and workload.kind != TARGET:
            raise self._node.refuse(
                tr("{name} has no entries with a layout; nearest policy: {best}", name=workload.key, best=BEST)
            )
        return policy

    def _settings(self) -> dict[str, float]:
        node = self._node.child("levers")
        names = node.names()
        if len(names) > MOST_SETTINGS:
            raise node.refuse(tr("more than {most} levers", most=format_number(MOST_SETTINGS)))
        values = {name: self._either(name, partial(self._setting, node, name), None) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def _setting(self, node: Node, name: str) -> float:
        value, lever = node.number(name), self._lever(node, name)
        whole = float(round(value)) if lever.whole else value
        near = min(max(whole, lever.minimum), lever.maximum)
        if value != near:
            raise node.refuse(
                tr(
                    "{name} is not in its range, {range}; nearest: {near}",
                    name=quoted(name),
                    range=lever.range_text,
                    near=lever.format(near),
                )
            )
        return value

    def _lever(self, node: Node, name: str) -> Lever:
        """The lever of a setting's name, "ipu.compute_gain" or "ipu-pod:64.global_batch"."""
        scope, _, key = name.rpartition(".")
        families = {system.family for system in self._catalog.systems.values()} | {EVERY}
        family = scope
        if ":" in scope:
            choice = self._choice(scope, node)
            family = self._catalog.systems[choice.system].family if choice.key == scope else ""
        lever = self._levers.get(key)
        if family not in families or lever is None or not lever.is_for(family):
            if self._lenient:
                raise node.refuse(quoted(name))
            scopes = {scope: family} if family in families else {each: each for each in sorted(families)}
            choices = [
                f"{each}.{lever.key}"
                for each in scopes
                for lever in self._levers.values()
                if lever.is_for(scopes[each])
            ]
            raise node.refuse(
                tr("lever {name} is unknown; nearest: {nearest}", name=quoted(name), nearest=nearest(name, choices))
            )
        return lever

    def _samples(self, workload: Workload) -> float | None:
        samples = self._node.optional_number("samples")
        if samples is not None:
            self._check_fits("samples", workload.kind == STATED)
            if not LEAST_SAMPLES <= samples <= MOST_SAMPLES:
                raise self._node.refuse(tr("key 'samples' is not from 1 to {most}", most=format_number(MOST_SAMPLES)))
        return samples

    def _layers(self, workload: Workload) -> tuple[int, ...]:
        sizes = self._node.wholes("layers")
        if sizes:
            self._check_fits("layers", has_layers(workload))
            self._told(lambda: parse_layers(", ".join(str(size) for size in sizes), workload))
        return sizes

    def _software(self, workload: Workload) -> str:
        if self._node.optional_text("software") is None:
            return ""
        choices = software_choices(workload, self._catalog)
        self._check_fits("software", bool(choices))
        return one_of(self._node, "software", choices)

    def _baseline_time(self, workload: Workload) -> float | None:
        seconds = self._node.optional_number("baseline_time_s")
        if seconds is not None:
            self._check_fits("baseline_time_s", workload.kind == RELATIVE)
            self._told(lambda: check_time(seconds))
        return seconds

    def _statement(self, workload: Workload) -> str:
        if self._node.optional_text("statement") is None:
            return ""
        self._check_fits("statement", workload.kind == RELATIVE)
        return one_of(self._node, "statement", tuple(each.key for each in workload.statements))

    def _check_fits(self, name: str, fits: bool) -> None:
        """InputError for a value that says nothing about the workload."""
        if not fits:
            raise self._node.refuse(tr("key {key} must be null or empty for this workload", key=quoted(name)))

    def _told(self, check: Callable[[], Read], node: Node | None = None) -> Read:
        """What a check returns; its fault is told with the file and the place."""
        try:
            return check()
        except InputError as error:
            raise (node or self._node).refuse(str(error)) from error
