"""How an HTTP endpoint is made: its method, rule, models and words for the document, in one place.

    @endpoint(blueprint, "POST", "/windows/<window>/pause", takes=PauseBody, gives=PressAnswer)
    def pause(window: str, body: PauseBody) -> Answered:
        '''The first line becomes the summary in the OpenAPI document.'''
        return the_hall().pause(window=window, **body.model_dump(), by=the_press())

The view gets the path's variables by name and, when the endpoint takes a model, `body`. It returns
what becomes the JSON answer: a dict, a model, or (that, status). Who may use it stands in
`web.access.ACCESS` under "METHOD /whole/rule", nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from flask import Blueprint, Response, request
from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from web.asked import Asked, asked
from web.idempotency import require_key
from web.nul import without_nul


class Body(BaseModel):
    """A request's body: an unknown member is a mistake and is refused."""

    model_config = ConfigDict(extra="forbid", str_max_length=2000)


TicketKey = Annotated[str, Field(min_length=1)]
"""An empty one names no ticket, which isn't the same as naming none."""


class Nothing(Body):
    """An empty object."""


class Answer(BaseModel):
    """The shape of an answer, as the document describes it; some are sent as files of such lines."""

    kinds: ClassVar[tuple[str, ...]] = ("application/json",)
    model_config = ConfigDict(extra="forbid")


class Picture(Answer):
    """The bytes of a JPEG; the view gives the whole response."""


JSON = "application/json"
Plain = Mapping[str, Any] | Answer
Answered = Plain | tuple[Plain, int] | Response
View = Callable[..., Answered]


@dataclass(frozen=True)
class Endpoint:
    """A view with what the document tells about it; Flask calls it like any view."""

    view: View
    method: str
    takes: type[Body] | None
    gives: type[Answer]
    status: int
    refuses: tuple[str, ...]
    query: type[Body] | None
    short: bool
    """Whether it may be asked without Flask (`web.short`): the view uses nothing of Flask's then."""

    def __call__(self, **path: str) -> Response:
        said = self.answered(asked(), path)
        return said if isinstance(said, Response) else as_json(said, self.status)

    def answered(self, asked: Asked, path: Mapping[str, str]) -> Answered:
        """What the view says to the request, by whichever way it came in."""
        if self.method != "GET":
            require_key()
        given: dict[str, Any] = dict(path)
        if self.takes is not None:
            given["body"] = self.takes.model_validate_json(without_nul(asked.body()) or b"{}")
        if self.query is not None:
            given["query"] = self.query.model_validate(request.args.to_dict())
        return self.view(**given)

    @property
    def summary(self) -> str:
        return (self.view.__doc__ or self.view.__name__).strip().splitlines()[0]


def as_json(answered: Plain | tuple[Plain, int], status: int = 200) -> Response:
    """A dict, a model or a pair with a status, as a JSON response."""
    said, code = in_bytes(answered, status)
    return Response(said, code, content_type=JSON)


def in_bytes(answered: Plain | tuple[Plain, int], status: int = 200) -> tuple[bytes, int]:
    """The same, not yet a response: the JSON text and the status."""
    said, code = answered if isinstance(answered, tuple) else (answered, status)
    return to_json(said, by_alias=False, fallback=DefaultJSONProvider.default), code


def endpoint(
    blueprint: Blueprint,
    method: str,
    rule: str,
    *,
    takes: type[Body] | None = None,
    gives: type[Answer],
    status: int = 200,
    refuses: tuple[str, ...] = (),
    query: type[Body] | None = None,
    short: bool = False,
) -> Callable[[View], View]:
    """Put a view behind a method and a rule; `refuses` names the domain's codes worth documenting."""

    def add(view: View) -> View:
        made = Endpoint(view, method, takes, gives, status, refuses, query, short)
        blueprint.add_url_rule(rule, view.__name__, made, methods=[method])
        return view

    return add
