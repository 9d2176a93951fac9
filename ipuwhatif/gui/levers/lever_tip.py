"""What a lever's tip says: its effect, range and default, what of the model it touches, and where it comes from."""

from html import escape

from ipuwhatif.figures.scenarios.lever_words import lever_name, lever_origin, range_text, value_text
from ipuwhatif.scenario.levers import ASSUMED, COST, CUT, GAIN, PIN, RUN, Lever
from ipuwhatif.texts import tr


def lever_tip(lever: Lever) -> str:
    """What a lever does, its range and default, what it touches and where it comes from, as a page of HTML."""
    touched = tr("Touches: {field}, {target}", field=lever.field.replace("_", " "), target=_target_words(lever))
    default = tr(lever.unset) if lever.default is None else value_text(lever, lever.default)
    lines = (
        tr(lever.effect),
        tr("Range: {range}. Default: {default}.", range=range_text(lever), default=default),
        touched,
        tr("Origin: {producer}, {title} ({locator})", **_origin_words(lever)),
        tr("Double click on the slider: back to default."),
    )
    body = "".join(f"<p style='margin: 0 0 3px 0'>{escape(line)}</p>" for line in lines)
    return f"<qt><b>{escape(lever_name(lever))}</b>{body}</qt>"


def _origin_words(lever: Lever) -> dict[str, str]:
    origin = lever_origin(lever)
    return {"producer": origin.producer, "title": origin.title, "locator": origin.locator or tr("no locator")}


def _target_words(lever: Lever) -> str:
    return {
        GAIN: tr("a gain over what was fitted"),
        ASSUMED: tr("a factor on a fitted parameter"),
        PIN: tr("a pinned part of the layout"),
        CUT: tr("a pinned part of how a language model is cut"),
        COST: tr("money, energy and carbon; no time"),
        RUN: tr("the finish of the run; not the projected time"),
    }.get(lever.target, lever.target)
