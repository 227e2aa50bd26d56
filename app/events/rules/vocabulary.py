"""The words of events, once. Their names in the interface's languages are in app/events/labels.py."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happens."""

    READING = "reading"
    WORKSHOP = "workshop"
    COURSE = "course"
    MEETING = "meeting"
    LAB = "lab"
    ADVICE = "advice"
    PICK_UP = "pick_up"


class FirstTopic(StrEnum):
    """What events are about in every network to begin with; operators name others (models.Topic)."""

    READING = "reading"
    FEEDING = "feeding"
    PARENTHOOD = "parenthood"
    NUTRITION = "nutrition"
    LANGUAGE = "language"
    SEWING = "sewing"
    HOMEWORK = "homework"
    SHARED_SHOPPING = "shared-shopping"
    NEIGHBOURHOOD = "neighbourhood"
    PLAY = "play"


class OccurrenceStatus(StrEnum):
    """The state of one date. A moved date is scheduled again, with `starts_at` other than `recurrence_id`."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class ProposedBy(StrEnum):
    """Who had the idea."""

    HOST = "host"
    RESIDENTS = "residents"


class CountedAs(StrEnum):
    """What takes a seat."""

    EVERYBODY = "everybody"
    CHILDREN = "children"
    ADULTS = "adults"
    FAMILIES = "families"
