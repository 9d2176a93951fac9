"""A scenario out of an object of a file; one of a newer version is read as far as this one understands it."""

from collections.abc import Sequence
from functools import partial
from types import MappingProxyType

from ipuwhatif.catalog.machines import one_of
from ipuwhatif.catalog.types import SystemChoice
from ipuwhatif.model.case import BEST
from ipuwhatif.records import field_names
from ipuwhatif.scenario.amount import check_time
from ipuwhatif.scenario.dates import parse_date
from ipuwhatif.scenario.fields import job, levers, own
from ipuwhatif.scenario.fields.reading import ObjectReader
from ipuwhatif.scenario.files.document import check_title
from ipuwhatif.scenario.files.reasons import NULL, Named, ReferenceElsewhere, TooManySystems, UnknownName
from ipuwhatif.scenario.headlines import PAGES, SCALED, SCALES, check_headline
from ipuwhatif.scenario.profiles import check_profile_name
from ipuwhatif.scenario.scenario import BASES, FIRST_START, MOST_SYSTEMS, PER_SYSTEM, Scenario
from ipuwhatif.units import nearest


class FieldReader(ObjectReader):
    """Reads a scenario, and what stands beside it in the same object."""

    def scenario(self, read_elsewhere: tuple[str, ...] = ()) -> Scenario:
        """The scenario. Without its workload there is none, however lenient the reading is.

        read_elsewhere: keys of the same object that another reader checks.
        """
        node = self.node
        workload = self.catalog.workloads[one_of(node, "workload", tuple(self.catalog.workloads))]
        systems = self.either("systems", self._systems, ())
        keys = [choice.key for choice in systems]
        first = keys[0] if keys else ""
        scenario = Scenario(
            workload=workload.key,
            recipe=self.either("recipe", lambda: one_of(node, "recipe", workload.recipes), workload.recipes[0]),
            release=self.either(
                "release", lambda: one_of(node, "release", tuple(self.catalog.releases)), FIRST_START.release
            ),
            systems=systems,
            reference=self.either("reference", lambda: self._reference(keys), first),
            policy=self.either("policy", lambda: job.policy(self, workload), BEST),
            levers=MappingProxyType(self.either("levers", partial(levers.settings, self), {})),
            show_official=self.either("show_official", lambda: node.flag("show_official"), True),
            samples=self.either("samples", lambda: job.samples(self, workload), None),
            layers=self.either("layers", lambda: job.layers(self, workload), ()),
            software=self.either("software", lambda: job.software(self, workload), ""),
            baseline_time_s=self.either("baseline_time_s", lambda: job.baseline_time(self, workload), None),
            statement=self.either("statement", lambda: job.statement(self, workload), ""),
            target_s=self.either("target_s", self._target, None),
            basis=self.either("basis", lambda: one_of(node, "basis", BASES), PER_SYSTEM),
            prices=MappingProxyType(self.either("prices", partial(own.prices, self), {})),
            measurements=MappingProxyType(self.either("measurements", partial(own.measurements, self), {})),
            subject=self.either("subject", lambda: self._subject(keys), ""),
            headlines=MappingProxyType(self.either("headlines", self._headlines, {})),
            start=self.either("start", self._start, ""),
            profile=self.either("profile", self._profile, ""),
            scales=MappingProxyType(self.either("scales", self._scales, {})),
        )
        self._end(read_elsewhere)
        return scenario

    def _end(self, read_elsewhere: tuple[str, ...]) -> None:
        """What else there is in the object is a fault, or is named where a newer version wrote it."""
        if self.lenient:
            known = {"title", *read_elsewhere, *field_names(Scenario)}
            self.left_out += [name for name in self.node.names() if name not in known]
        else:
            self.node.close(read_elsewhere)

    def title(self) -> str:
        """The title of the user's own, or an empty text."""
        return self.either("title", self._title, "")

    def _title(self) -> str:
        title = self.node.optional_text("title") or ""
        return self.told(lambda: check_title(title))

    def _target(self) -> float | None:
        seconds = self.node.optional_number("target_s")
        if seconds is not None:
            self.told(lambda: check_time(seconds))
        return seconds

    def _start(self) -> str:
        """The day on which a run begins, which a file names only where one is stated."""
        return self.told(lambda: parse_date(self.node.text("start"))) if self.node.has("start") else ""

    def _profile(self) -> str:
        """The name of a profile, which a file holds only where one is chosen; whether it is here is told when asked."""
        return self.told(lambda: check_profile_name(self.node.text("profile"))) if self.node.has("profile") else ""

    def _systems(self) -> tuple[SystemChoice, ...]:
        texts = self.node.texts("systems")
        if len(texts) > MOST_SYSTEMS:
            raise self.node.refuse(TooManySystems(len(texts), MOST_SYSTEMS))
        systems: list[SystemChoice] = []
        for text in texts:
            choice = self.either(text, partial(self.system, text, systems), None)
            if choice is not None:
                systems.append(choice)
        return tuple(systems)

    def _reference(self, keys: Sequence[str]) -> str:
        reference = self.node.optional_text("reference") or ""
        if reference not in (keys or ("",)):
            raise self.node.refuse(ReferenceElsewhere(reference, nearest(reference, keys) or NULL))
        return reference

    def _subject(self, keys: Sequence[str]) -> str:
        if self.lenient and not self.node.has("subject"):
            return ""
        subject = self.node.optional_text("subject")
        return "" if subject is None else one_of(self.node, "subject", tuple(keys) or ("",))

    def _headlines(self) -> dict[str, str]:
        if self.lenient and not self.node.has("headlines"):
            return {}
        node = self.node.child("headlines")
        pages = node.names()
        for page in pages:
            if page not in PAGES:
                raise node.refuse(UnknownName(Named.PAGE, page, nearest(page, PAGES) or PAGES[0]))
        return {page: self.told(partial(check_headline, node.text(page)), node) for page in pages}

    def _scales(self) -> dict[str, str]:
        """There where the axis of a page was switched."""
        if not self.node.has("scales"):
            return {}
        node = self.node.child("scales")
        for page in node.names():
            if page not in SCALED:
                raise node.refuse(UnknownName(Named.PAGE, page, nearest(page, SCALED) or SCALED[0]))
        return {page: one_of(node, page, SCALES) for page in node.names()}
