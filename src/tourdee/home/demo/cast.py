"""The people one can sign in as."""

from dataclasses import dataclass

from tourdee.people.models import Community, CommunityMember, Membership, Organisation, User

DOMAIN = "demo.tourdee.example"


@dataclass(frozen=True)
class Part:
    """A part in the demo: who it is and what one sees as this person."""

    key: str
    name: str
    phone: str
    what_th: str
    what_en: str


CAST = (
    Part("mai", "มะลิ ดอกไม้", "+66800009001", "มัคคุเทศก์ที่ยังไม่ได้สมัคร เริ่มจากศูนย์", "a guide at the very beginning"),
    Part("somying", "สมหญิง บางบัว", "+66800009002", "ผู้เรียนจบแล้ว มีร้านล่องเรือ", "a graduate with a boat-tour shop"),
    Part("nakha", "บัวผัน นาข้าว", "+66800009003", "ประธานกลุ่มทอผ้าบ้านนาข่า", "leader of a weaving community"),
    Part(
        "somchai", "สมชาย ริมน้ำ", "+66800009004", "มัคคุเทศก์ที่ขายผ่านบริษัทคู่ค้า", "a guide who sells through a partner operator"
    ),
    Part("siam", "อนันต์ สายชล", "+66800009005", "บริษัทนำเที่ยวคู่ค้าที่มีใบอนุญาต", "the licensed partner operator"),
    Part("wipa", "วิภา ศรีสุข", "+66800009006", "เจ้าหน้าที่กรมพัฒนาฝีมือแรงงาน", "programme officer"),
    Part("mana", "มานะ รุ่งเรือง", "+66800009007", "วิทยากรทีมอีคอมเมิร์ซ ETDA", "instructor of the ETDA team"),
    Part("host", "ผู้ดูแลระบบ", "+66800009008", "ผู้ดูแลระบบ", "host of this installation"),
)
TEAMS_OF_MANA = ("etda-ecommerce", "thai-ecommerce-association", "etda-internet-for-better-life")


def e_mail(key: str) -> str:
    return f"{key}@{DOMAIN}"


def person(key: str) -> User:
    """The person who plays that part."""
    return User.objects.get(email=e_mail(key))


def load_people() -> None:
    """The cast. Needs the organisations of the pilot for the roles."""
    for part in CAST:
        User.objects.filter(email=e_mail(part.key)).exists() or User.objects.create_user(
            e_mail(part.key), phone=part.phone, name=part.name, phone_verified=True, is_host=part.key == "host"
        )


def load_roles() -> None:
    """Who works where."""
    _member("wipa", "dsd", Membership.Role.OFFICER)
    for team in TEAMS_OF_MANA:
        _member("mana", team, Membership.Role.INSTRUCTOR)


def _member(key: str, organisation: str, role: str) -> None:
    Membership.objects.get_or_create(
        user=person(key), organisation=Organisation.objects.get(slug=organisation), role=role
    )


def load_community(picture: str) -> Community:
    """The weavers of Ban Na Kha."""
    community, _new = Community.objects.get_or_create(
        slug="ban-na-kha",
        defaults={
            "name_th": "กลุ่มทอผ้าบ้านนาข่า",
            "name_en": "Ban Na Kha weavers",
            "province": 41,
            "picture": picture,
            "story_th": (
                "แม่ ๆ บ้านนาข่าทอผ้ามาตั้งแต่รุ่นยาย ทุกลายมีชื่อและมีเรื่องเล่า เราย้อมครามจากต้นที่ปลูกเองหลังบ้าน "
                "ทอด้วยมือทีละเส้น ผืนหนึ่งใช้เวลาสามถึงเจ็ดวัน\n\nวันนี้ลูกหลานกลับมาช่วยถ่ายรูปและตอบแชต "
                "รายได้ทุกบาทกลับไปที่คนทอ และร้อยละสิบเข้ากองทุนปลูกครามของหมู่บ้าน"
            ),
            "story_en": (
                "The mothers of Ban Na Kha have woven since their grandmothers' time. Every pattern has a name and a story. "
                "We dye with indigo from our own gardens and weave by hand; one cloth takes three to seven days.\n\n"
                "Today our children help with pictures and messages. Every baht goes to the weaver, and a tenth of it to "
                "the village's indigo fund."
            ),
        },
    )
    CommunityMember.objects.get_or_create(community=community, user=person("nakha"), defaults={"is_leader": True})
    return community
