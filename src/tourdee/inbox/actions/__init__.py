from .handling import link_order, wait_for_person
from .messages import (
    CannotWrite,
    mark_failed,
    mark_sent,
    name_customer,
    put_order_beside,
    receive_message,
    record_program_message,
    send_again,
    withdraw_message,
    write_message,
)

__all__ = [
    "CannotWrite",
    "link_order",
    "mark_failed",
    "mark_sent",
    "name_customer",
    "put_order_beside",
    "receive_message",
    "record_program_message",
    "send_again",
    "wait_for_person",
    "withdraw_message",
    "write_message",
]
