"""Invented names and numbers: common words of Thai names, put together by place in the list."""

WOMEN = [
    "สมหญิง",
    "มาลี",
    "วันดี",
    "สุดา",
    "อรุณี",
    "กาญจนา",
    "พิมพ์ใจ",
    "รัตนา",
    "จันทร์เพ็ญ",
    "นงลักษณ์",
    "ปราณี",
    "ลำดวน",
    "บัวผัน",
    "ศรีนวล",
    "ดวงใจ",
    "ทองใบ",
    "อำพร",
    "ละออ",
    "บุญเรือน",
    "สายฝน",
]
MEN = [
    "สมชาย",
    "มานพ",
    "ประเสริฐ",
    "วิชัย",
    "สุรชัย",
    "ณรงค์",
    "ธงชัย",
    "อนันต์",
    "บุญมี",
    "คำปัน",
    "อินทร์",
    "สมบัติ",
    "ชูชาติ",
    "วีระ",
    "ไพโรจน์",
    "กิตติ",
    "สันติ",
    "อดุลย์",
    "ทองดี",
    "เฉลิม",
]
SURNAMES = [
    "ใจดี",
    "น้ำใส",
    "ทองคำ",
    "แก้วมณี",
    "บุญมา",
    "ศรีสุข",
    "วงศ์ไทย",
    "พันธุ์ดี",
    "รุ่งเรือง",
    "แสงทอง",
    "ดอกไม้",
    "สายชล",
    "ภูเขา",
    "ป่าไม้",
    "นาข้าว",
    "ชาวเรือ",
    "บางบัว",
    "ริมน้ำ",
    "ทะเลงาม",
    "ลมเย็น",
]
PROVINCES = (50, 57, 83, 82, 75, 20, 40, 41, 30, 14, 71, 84, 63, 58, 64, 21)


def learner_name(number: int) -> str:
    """The full name of the demo's learner of that number (0, 1, 2 …), always the same."""
    given = (WOMEN if number % 2 == 0 else MEN)[number // 2 % 20]
    title = "นาง" if number % 4 == 0 else "นางสาว" if number % 2 == 0 else "นาย"
    return f"{title}{given} {SURNAMES[(number * 7 + 3) % 20]}"


def citizen_id(number: int) -> str:
    """A well-formed thirteen-digit number with its mod-11 check digit (rule REG-001). The first digits are far above
    what is given out, so it is nobody's."""
    digits = f"89999{number:07d}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits))
    return digits + str((11 - total % 11) % 10)


def phone(number: int) -> str:
    """A mobile number in E.164 of the demo's learner."""
    return f"+6680000{number:04d}"
