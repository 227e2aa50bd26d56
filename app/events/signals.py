"""What happened to events, told inside the transaction; subscribers only write rows."""

from blinker import Signal

event_saved = Signal("keyword event_id: an event or its dates were created or changed")
course_changed = Signal(
    "keyword event_id: a course that is booked whole has other dates, or another one that leads; receivers that write to families return how many"
)
occurrence_moved = Signal(
    "keyword occurrence_id: one date has a new time; receivers that write to families return how many"
)
occurrence_cancelled = Signal(
    "keyword occurrence_id: one date will not take place; receivers that write to families return how many"
)
occurrence_postponed = Signal(
    "keyword occurrence_id: one date is put off to a day not known yet; receivers that write to families return how many"
)
occurrence_relocated = Signal(
    "keyword occurrence_id: one date is in another room; receivers that write to families return how many"
)
occurrence_reinstated = Signal(
    "keyword occurrence_id: a cancelled date takes place after all; receivers that write to families return how many"
)
seats_freed = Signal("keyword occurrence_ids: these dates have another number of seats: a queue may move")
dates_left_out = Signal(
    "keyword occurrence_ids: a new schedule no longer gives these dates; receivers return the ids that must stay"
)
