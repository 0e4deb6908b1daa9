"""The `[policy]` section, with a layer per account, read into `core.policy.Policy`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, validate

from integration.config import patterns
from integration.config.keys import Key
from integration.core.masks import LOCALES
from integration.core.policy import USUAL_HOLD_TAGS, Hold, Policy
from integration.core.spans import Action, Kind

_DEFAULTS = Policy()


class _Day(fields.Date):
    """A day: TOML has them as such, the environment as text."""

    def _deserialize(
        self,
        value: object,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,  # noqa: ANN401 - as the base class has it
    ) -> date:
        return (
            value if isinstance(value, date) else super()._deserialize(value, attr, data, **kwargs)
        )


class _Actions(fields.Dict):
    """An action per kind; what is wrong with one hides nothing of the others."""

    def _deserialize(self, value: Any, *args: Any, **rest: Any) -> Any:  # noqa: ANN401
        wrong: list[Any] = []
        try:
            actions = super()._deserialize(value, *args, **rest)  # type: ignore[no-untyped-call]
        except ValidationError as error:
            wrong.append(error.messages)
            actions = error.valid_data or {}
        if wrong := [*wrong, *_not_allowed(actions)]:
            raise ValidationError(wrong)
        return actions


def _not_allowed(actions: Mapping[Kind, Action]) -> Iterator[str]:
    """Authentication data must never be kept: looking away from it is no policy (PCI DSS 3.3.1)."""
    for kind, action in actions.items():
        if kind.is_sad and action in (Action.COUNT, Action.IGNORE):
            yield f"{kind} can only be redacted or reported."
    if Kind.OWN_PATTERN in actions:
        yield "Every pattern of your own has an action of its own."


def _names() -> fields.List[str]:
    return fields.List(fields.String(validate=validate.Length(min=1)))


def _enum(enum: type[Kind] | type[Action]) -> fields.Enum[Any]:
    return fields.Enum(enum, by_value=True)


def _at_least(least: float) -> validate.Range:
    return validate.Range(min=least)


def _key(name: str, field: fields.Field[Any], default: object, text: str, shown: str = "") -> Key:
    return Key(f"policy.{name}", field, default, text, shown_default=shown)


POLICY_KEYS: tuple[Key, ...] = (
    _key(
        "monitor_until",
        _Day(),
        None,
        "The day on which monitoring ends with a question to the admin, as YYYY-MM-DD.",
        "none",
    ),
    _key(
        "actions",
        _Actions(keys=_enum(Kind), values=_enum(Action)),
        {},
        "Per kind of data: `redact`, `report`, `count` or `ignore`. Laid over the defaults.",
        "see the table of kinds",
    ),
    _key(
        "redact_from",
        fields.Float(validate=validate.Range(0, 1)),
        _DEFAULTS.redact_from,
        "Confidence (0 to 1) below which a hit is reported and not removed.",
    ),
    _key(
        "spelled_out",
        fields.Boolean(),
        _DEFAULTS.spelled_out,
        "Whether card numbers written as words (four one one one ...) are looked for.",
    ),
    _key(
        "patterns",
        patterns.tables(),
        [],
        "Your own patterns, a table each: `[[policy.patterns]]`.",
        "none",
    ),
    _key(
        "locale",
        fields.String(validate=validate.OneOf(LOCALES)),
        _DEFAULTS.locale,
        "Language of our tickets and notes, and of commands that tell of an account in such words: "
        f"{' or '.join(f'`{name}`' for name in LOCALES)}.",
    ),
    _key(
        "findings_department",
        fields.String(allow_none=True),
        None,
        "Id of the restricted department that our own tickets go to.",
        "the account's setting",
    ),
    _key(
        "residue_owner",
        fields.String(),
        _DEFAULTS.residue_owner,
        "Who answers for the copies that no interface reaches: a role, a name or an agent's id.",
        "nobody yet",
    ),
    _key(
        "max_admins",
        fields.Integer(validate=_at_least(1)),
        _DEFAULTS.max_admins,
        "More admins than this is a finding.",
    ),
    _key(
        "free_mail_domains",
        _names(),
        [],
        "Mail domains that agents should not use, added to the known free-mail providers.",
        "none",
    ),
    _key(
        "enforce.departments",
        _names(),
        None,
        "Departments (ids) where removal is unlocked.",
        "all",
    ),
    _key(
        "enforce.kinds",
        fields.List(_enum(Kind)),
        None,
        "Kinds of data for which removal is unlocked. `PAN` unlocks its code, expiry and PIN too.",
        "all",
    ),
    _key(
        "hold.tags",
        _names(),
        [],
        "Tickets with one of these tags are never deleted from. An empty list: none.",
        "the usual names",
    ),
    _key(
        "hold.departments",
        _names(),
        [],
        "Tickets of these departments are never deleted from.",
        "none",
    ),
    _key(
        "hold.requesters",
        _names(),
        [],
        "Tickets of these requesters are never deleted from.",
        "none",
    ),
    _key(
        "hold.days",
        fields.Integer(validate=_at_least(1)),
        _DEFAULTS.hold_days,
        "Days until the deadline in the finding of a held ticket.",
    ),
    _key(
        "chats.hours",
        fields.Integer(validate=_at_least(1)),
        _DEFAULTS.chat_hours,
        "Hours that data may wait for a chat or call to end before a decision ticket tells of it.",
    ),
    _key(
        "breaker.max_tickets_per_hour",
        fields.Integer(validate=_at_least(1)),
        _DEFAULTS.max_tickets_per_hour,
        "Removals from more tickets than this within an hour pause the account and ask.",
    ),
    _key(
        "breaker.usual_factor",
        fields.Float(validate=_at_least(1)),
        _DEFAULTS.usual_factor,
        "So many times the usual hour pauses the account and asks.",
    ),
)

_PLAIN = (
    "monitor_until",
    "redact_from",
    "spelled_out",
    "locale",
    "findings_department",
    "residue_owner",
    "max_admins",
)
_RENAMED = {
    "hold.days": "hold_days",
    "chats.hours": "chat_hours",
    "breaker.max_tickets_per_hour": "max_tickets_per_hour",
    "breaker.usual_factor": "usual_factor",
}
_SETS = {
    "free_mail_domains": "free_mail_domains",
    "enforce.departments": "enforce_departments",
    "enforce.kinds": "enforce_kinds",
}


def build(values: Mapping[str, Any]) -> Policy:
    """A Policy from checked values by name (without `policy.`); what is absent is default."""
    given: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    given |= {to: values[name] for name, to in _RENAMED.items() if name in values}
    given |= {to: frozenset(values[name]) for name, to in _SETS.items() if name in values}
    given["actions"] = {**_DEFAULTS.actions, **values.get("actions", {})}
    given["patterns"] = patterns.timed(values.get("patterns", ()))
    named = {
        part: frozenset(values[f"hold.{part}"])
        for part in ("tags", "departments", "requesters")
        if f"hold.{part}" in values
    }
    given["hold"] = Hold(usual=frozenset() if "tags" in named else USUAL_HOLD_TAGS, **named)
    return Policy(**given)
