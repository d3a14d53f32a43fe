"""What happened to an order, told twice in the transaction of the change: a note that buyer and seller read on the
order's page, and a line of the audit log."""

from datetime import datetime

from tourdee.core import audit
from tourdee.core.audit import Actor
from tourdee.core.inserts import insert

from ..models import Order, OrderNote

# kind: what the buyer and the seller read, in Thai and in English. Places in braces are filled by ``tell``.
WORDS = {
    "placed": (
        "สั่งซื้อแล้ว ยอด {amount} เก็บที่ไว้ให้ถึง {until_th}",
        "Order placed, {amount}. Held until {until_en}.",
    ),
    "placed_free": ("จองแล้ว ไม่มีค่าใช้จ่าย", "Booked. There is nothing to pay."),
    "placed_on_the_day": (
        "จองแล้ว ที่นั่งเป็นของคุณ จ่าย {amount} ในวันเดินทาง",
        "Booked. {amount} are paid on the day.",
    ),
    "discount_given": ("ผู้ขายลดให้ {amount} เพราะ{reason}", "The seller took {amount} off: {reason}."),
    "placed_on_delivery": (
        "สั่งซื้อแล้ว จ่ายเงินปลายทาง {amount} เมื่อได้รับพัสดุ",
        "Ordered. {amount} are paid in cash when the parcel arrives.",
    ),
    "agreed_on_delivery": (
        "ตกลงเก็บเงินปลายทาง {amount} เก็บของไว้ให้ถึง {day_th} {until_th} รอผู้ซื้อบอกที่อยู่และยืนยัน",
        "Agreed: {amount} in cash on delivery. Held until {until_en} for the buyer to give the address and confirm.",
    ),
    "confirmed_on_delivery": (
        "ผู้ซื้อยืนยันแล้ว จ่ายเงินปลายทาง {amount} เมื่อได้รับพัสดุ",
        "Confirmed by the buyer: {amount} are paid in cash when the parcel arrives.",
    ),
    "paid_before_after_all": (
        "ผู้ซื้อเลือกจ่ายก่อนส่งแทนเก็บเงินปลายทาง ยอด {amount}",
        "The buyer pays {amount} beforehand and not on delivery.",
    ),
    "not_confirmed_in_time": (
        "ผู้ซื้อไม่ได้ยืนยันที่อยู่ทันเวลา ปล่อยสินค้าแล้ว",
        "Address not confirmed in time; the goods are free again.",
    ),
    "resold_held": (
        "{reseller} กันที่ไว้ถึง {until_th} ยอดที่ร้านจะได้ {amount}",
        "Held by {reseller} until {until_en}; the shop gets {amount}.",
    ),
    "resold_extended": ("{reseller} ขอกันที่ต่อถึง {until_th}", "{reseller} holds on until {until_en}."),
    "resold": (
        "{reseller} ยืนยันการจองแล้ว ร้านจะได้รับ {amount} จาก {reseller}",
        "Confirmed by {reseller}, who owes the shop {amount}.",
    ),
    "resold_changed": (
        "{reseller} เปลี่ยนการจอง: {lines_th} ยอดที่ร้านจะได้ {amount}",
        "Changed by {reseller}: {lines_en}. The shop gets {amount}.",
    ),
    "cancelled_by_reseller": ("{reseller} ยกเลิก {reason}", "Cancelled by {reseller}. {reason}"),
    "slip_received": (
        "ได้รับสลิปแล้ว ผู้ขายกำลังตรวจยอดเงิน ระหว่างนี้ที่ของคุณไม่หลุด",
        "Slip received. The seller is looking for the money; nothing runs out meanwhile.",
    ),
    "slip_too_late": (
        "ได้รับสลิปหลังหมดเวลาจอง และที่เต็มแล้ว ผู้ขายจะตรวจเงินและติดต่อกลับ",
        "The slip came after the hold ran out and nothing is left. The seller looks for the money and gets in touch.",
    ),
    "slip_kept": (
        "ได้รับสลิปอีกใบ ผู้ขายจะตรวจยอดเงิน",
        "Another slip received. The seller will look for the money.",
    ),
    "slip_used_before": (
        "มีการส่งสลิปที่เคยใช้กับคำสั่งซื้ออื่นมาแล้ว ระบบไม่รับ",
        "A slip was sent that has been used for another order; it was not taken.",
    ),
    "slip_refused": ("ผู้ขายไม่พบเงินตามสลิป: {reason}", "The seller did not find the money of the slip: {reason}"),
    "money_recorded": ("ผู้ขายบันทึกว่าได้รับเงิน {amount}", "The seller recorded {amount} as received."),
    "money_told": ("{source_th} ยืนยันว่าเงินเข้า {amount}", "{source_en} confirms that {amount} arrived."),
    "slip_doubtful": (
        "บริการตรวจสลิปตรวจแล้ว แต่ยังยืนยันไม่ได้ ผู้ขายจะดูในแอปธนาคารเอง",
        "The slip service could not confirm this slip; the seller looks into the bank.",
    ),
    "refund_asked": ("ส่งคำขอคืนเงิน {amount} ผ่าน {service} แล้ว", "{amount} asked to be paid back through {service}."),
    "refund_failed": (
        "{service} คืนเงิน {amount} ไม่สำเร็จ ผู้ขายต้องโอนคืนเอง",
        "{service} could not pay back {amount}; the seller has to transfer it.",
    ),
    "part_paid": ("ได้รับเงิน {amount} ยังขาด {missing}", "{amount} received, {missing} still missing."),
    "deposit_paid": (
        "ได้รับมัดจำ {amount} ยืนยันการจอง ส่วนที่เหลือ {rest}",
        "Deposit of {amount} paid. The order is confirmed; {rest} remain to be paid.",
    ),
    "rest_paid": ("ได้รับเงินส่วนที่เหลือ {amount} ชำระครบแล้ว", "The rest came, {amount}: everything is paid."),
    "rest_reminded": (
        "เตือนผู้ซื้อแล้วว่าส่วนที่เหลือ {amount} ครบกำหนด {day_th}",
        "Reminded the buyer: {amount} remain to be paid until {day_en}.",
    ),
    "rest_overdue": (
        "เลยกำหนดชำระส่วนที่เหลือ {amount} ที่นั่งยังเก็บไว้อีก 1 วัน จากนั้นยกเลิกตามเงื่อนไข",
        "The rest of {amount} is overdue. The seats are kept for one more day, then the booking is cancelled by its terms.",
    ),
    "rest_extended": ("เลื่อนกำหนดชำระส่วนที่เหลือเป็น {day_th}", "More time for the rest: until {day_en}."),
    "cancelled_unpaid_rest": (
        "ยกเลิกแล้ว เพราะไม่ได้ชำระส่วนที่เหลือตามกำหนด ต้องคืนเงิน {amount}",
        "Cancelled because the rest was not paid; {amount} to be refunded.",
    ),
    "paid": ("ชำระเงินแล้ว {amount} ยืนยันการจอง", "Paid, {amount}. The order is confirmed."),
    "paid_no_seat": (
        "ได้รับเงิน {amount} แล้ว แต่ที่หรือสินค้าหมด ผู้ขายจะเสนอวันอื่นหรือคืนเงิน",
        "{amount} received, but nothing is left. The seller will offer another date or refund you.",
    ),
    "overpaid": ("ได้รับเงินเกินมา {amount} ต้องคืนให้ผู้ซื้อ", "{amount} too much received; it is owed back to the buyer."),
    "paid_after_cancelling": (
        "ได้รับเงิน {amount} หลังยกเลิกแล้ว ต้องคืนให้ผู้ซื้อ",
        "{amount} received after the cancellation; it is owed back to the buyer.",
    ),
    "expired": ("หมดเวลาชำระเงิน ปล่อยที่และสินค้าแล้ว", "Not paid in time; seats and goods are free again."),
    "cancelled_by_buyer": (
        "ผู้ซื้อยกเลิก ต้องคืนเงิน {amount} {reason}",
        "Cancelled by the buyer; {amount} to be refunded. {reason}",
    ),
    "cancelled_by_seller": (
        "ผู้ขายยกเลิก ต้องคืนเงิน {amount} {reason}",
        "Cancelled by the seller; {amount} to be refunded. {reason}",
    ),
    "part_given_up_by_buyer": (
        "ผู้ซื้อขอลด {what_th} ต้องคืนเงิน {amount}",
        "Given up by the buyer: {what_en}; {amount} to be refunded.",
    ),
    "part_given_up_by_seller": (
        "ผู้ขายลด {what_th} ต้องคืนเงิน {amount}",
        "Taken out by the seller: {what_en}; {amount} to be refunded.",
    ),
    "rescheduled_same": (
        "ย้ายจาก {from_th} ไป {to_th} ราคาเท่าเดิม",
        "Moved from {from_en} to {to_en} at the same price.",
    ),
    "rescheduled_dearer": (
        "ย้ายจาก {from_th} ไป {to_th} ต้องจ่ายเพิ่ม {amount}",
        "Moved from {from_en} to {to_en}; {amount} more to pay.",
    ),
    "rescheduled_cheaper": (
        "ย้ายจาก {from_th} ไป {to_th} ถูกลง {amount}",
        "Moved from {from_en} to {to_en}; {amount} less.",
    ),
    "changed": (
        "ผู้ขายแก้รายการแล้ว ยอด {amount} เก็บที่ไว้ให้ถึง {until_th}",
        "Changed by the seller, {amount}. Held until {until_en}.",
    ),
    "details_given": ("ผู้ซื้อกรอกข้อมูลติดต่อแล้ว", "The buyer gave contact and address."),
    "questions_answered": ("ผู้ซื้อตอบคำถามของร้านแล้ว {number} ข้อ", "The buyer answered the shop's questions: {number}."),
    "questions_reminded": (
        "เตือนผู้ซื้อให้ตอบคำถามของร้านก่อนวันเดินทางแล้ว",
        "Reminded the buyer to answer the shop's questions before the day.",
    ),
    "group_goes": (
        "มีผู้จองน้อยกว่าที่ตั้งไว้ แต่ผู้ขายยืนยันว่าไปตามกำหนด",
        "Fewer guests than planned, but it goes ahead as booked.",
    ),
    "group_too_small": (
        "มีผู้จองไม่ครบ {minimum} คน รอบนี้ไม่ออก เลือกวันอื่นได้ถึง {until_th} ถ้าไม่เลือก ได้เงินคืนเต็มจำนวน",
        "Fewer than {minimum} people have booked, so this date does not go. Choose another date until {until_en}; "
        "otherwise everything is paid back.",
    ),
    "date_called_off": ("ผู้ขายยกเลิกรอบนี้ {reason}", "The seller called this date off. {reason}"),
    "moved_to_other_date": (
        "ผู้ซื้อเลือกย้ายไปวันที่ {day_th} ราคาเดิม",
        "The buyer chose another date: {day_en}. The price stays.",
    ),
    "moved": ("ย้ายไปวันที่ {day_th} ยืนยันการจอง", "Moved to {day_en}; the order is confirmed."),
    "seat_found": ("จัดที่หรือสินค้าให้ได้แล้ว ยืนยันการจอง", "Seats and goods were found; the order is confirmed."),
    "refunded": ("คืนเงินแล้ว {amount} อ้างอิง {reference}", "{amount} refunded, reference {reference}."),
    "receipt_exchanged": (
        "ออกใบเสร็จใหม่เลขที่ {new} แทนใบเดิม {old}",
        "Receipt {new} written instead of {old}.",
    ),
    "shipped": ("ส่งสินค้าแล้ว {carrier} เลขพัสดุ {tracking}", "Sent by {carrier}, tracking number {tracking}."),
    "handed_over": ("ส่งมอบสินค้าแล้ว {carrier}", "Handed over. {carrier}"),
    "checked_in": ("เช็กอินแล้ว {number} คน: {name}", "Checked in, {number}: {name}"),
    "check_in_undone": ("ยกเลิกเช็กอิน {number} คน: {name}", "Check-in taken back, {number}: {name}"),
    "came_back": (
        "พัสดุตีกลับ ผู้ซื้อไม่ได้รับ ปิดคำสั่งซื้อ {amount} สินค้ากลับเข้าสต็อกแล้ว",
        "The parcel came back untaken; the order of {amount} is closed and the goods are in stock again.",
    ),
    "came_back_damaged": (
        "พัสดุตีกลับ ผู้ซื้อไม่ได้รับ ปิดคำสั่งซื้อ {amount} สินค้าเสียหาย ไม่นำกลับเข้าสต็อก",
        "The parcel came back untaken; the order of {amount} is closed. The goods are damaged.",
    ),
    "return_asked": ("ผู้ซื้อขอคืนสินค้า {pieces} ชิ้น", "The buyer asks to send {pieces} pieces back."),
    "return_withdrawn": ("ผู้ซื้อยกเลิกการขอคืนสินค้า", "The buyer keeps the goods after all."),
    "return_accepted": ("ผู้ขายรับคืนสินค้า {answer}", "The seller takes the goods back. {answer}"),
    "return_refused": ("ผู้ขายไม่รับคืนสินค้า: {answer}", "The seller does not take the goods back: {answer}"),
    "return_received": (
        "ผู้ขายได้รับสินค้าคืนแล้ว ต้องคืนเงิน {amount}",
        "The goods are back with the seller; {amount} are owed.",
    ),
    "reviewed": ("ผู้ซื้อให้คะแนน {stars} ดาว", "The buyer gave {stars} stars."),
}


def tell(kind: str, *, order: Order, at: datetime, by: Actor | None = None, **filling: object) -> None:
    """Write the note and the audit line. ``filling`` are finished words; what people typed stands in them unchanged
    and is never itself looked at for braces."""
    thai, english = (words.format(**filling).strip() for words in WORDS[kind])
    insert(OrderNote(order=order, at=at, kind=kind, text_th=thai, text_en=english))
    audit.record(f"order.{kind}", subject=order, text=f"{order.code}: {thai}", at=at, actor=by)
