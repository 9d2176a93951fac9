"""`dataclass` as the standard library's, frozen with slots, at a quarter of its cost when a module is loaded.

The standard one compiles seven functions a class, most of which no run ever calls. Here `__init__` is compiled with the
class, equality and hash when they are first asked for, and the rest is shared by all classes.
"""

from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError, field, fields
from dataclasses import dataclass as standard
from typing import Any, NoReturn, TypeVar, dataclass_transform

Record = TypeVar("Record")
Function = Callable[..., Any]
_SET = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[Record]], type[Record]]:
    """Make a class a frozen dataclass with slots, equal and hashed by its fields; no other kind is made here.

    `fields`, `replace`, `asdict`, copies and pickles work as with the standard library's.
    """
    if not (frozen and slots):
        raise TypeError("a record is frozen and has slots; other kinds are made by the standard library")
    return _made


def _made(plain: type[Record]) -> type[Record]:
    for name, function in _SHARED.items():
        if name not in plain.__dict__:
            setattr(plain, name, function)
    plain.__doc__ = plain.__doc__ or plain.__name__  # else the standard library composes a signature
    made = standard(init=False, repr=False, eq=False, slots=True)(plain)
    _put(made, "__init__", _initialiser(made))
    for name in ("init", "repr", "eq", "frozen"):  # for those who look, such as printers of values
        setattr(made.__dict__["__dataclass_params__"], name, True)
    return made


def _initialiser(made: type) -> Function:
    """`__init__` with the fields as arguments, in their order."""
    known: dict[str, object] = {"_set": _SET, "_missing": MISSING}
    arguments, body = ["self"], []
    for each in fields(made):
        name = each.name
        if each.default is not MISSING:
            known[f"_{name}"] = each.default
            arguments.append(f"{name}=_{name}")
        elif each.default_factory is not MISSING:
            known[f"_{name}"] = each.default_factory
            arguments.append(f"{name}=_missing")
            body.append(f"if {name} is _missing: {name} = _{name}()")
        else:
            arguments.append(name)
        body.append(f"_set(self, {name!r}, {name})")
    return _compiled("__init__", arguments, body or ["pass"], known)


def _equality(self: object, other: object) -> bool:
    """Stands in until a class is compared first: then its own is compiled, takes this place and answers."""
    made = _owner(self, "__eq__", _equality)
    ours, theirs = (_values(made, side) for side in ("self", "other"))
    body = [f"return {ours} == {theirs} if other.__class__ is self.__class__ else NotImplemented"]
    function = _put(made, "__eq__", _compiled("__eq__", ["self", "other"], body, {}))
    return function(self, other)  # type: ignore[no-any-return]


def _hash(self: object) -> int:
    """Stands in until a class is hashed first, as `_equality` does."""
    made = _owner(self, "__hash__", _hash)
    body = [f"return hash({_values(made, 'self')})"]
    function = _put(made, "__hash__", _compiled("__hash__", ["self"], body, {}))
    return function(self)  # type: ignore[no-any-return]


def _values(made: type, name: str) -> str:
    """The fields of the object that is called `name`, as the text of a tuple."""
    return f"({''.join(f'{name}.{each.name}, ' for each in fields(made))})"


def _owner(self: object, name: str, function: Function) -> type:
    """The class that still has the function that stands in: that of the object, or an ancestor of it."""
    return next(each for each in type(self).__mro__ if each.__dict__.get(name) is function)


def _compiled(name: str, arguments: Sequence[str], body: Sequence[str], known: dict[str, object]) -> Function:
    exec(f"def {name}({', '.join(arguments)}):\n " + "\n ".join(body), known)
    function: Function = known[name]  # type: ignore[assignment]
    return function


def _put(made: type, name: str, function: Function) -> Function:
    function.__qualname__, function.__module__ = f"{made.__qualname__}.{name}", made.__module__
    setattr(made, name, function)
    return function


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _printed(self: object) -> str:
    names = (each.name for each in fields(self))  # type: ignore[arg-type]
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def _state(self: object) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]  # type: ignore[arg-type]


def _restore(self: object, state: list[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):  # type: ignore[arg-type]
        _SET(self, each.name, value)


_SHARED: dict[str, Function] = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__repr__": _printed,
    "__eq__": _equality,
    "__hash__": _hash,
    "__getstate__": _state,
    "__setstate__": _restore,
}
