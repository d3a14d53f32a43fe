"""The inbox on a phone: who waits, the answer that is kept ready, the order beside it, a note, and done."""


def test_a_seller_answers_from_the_phone(person):
    seller = person()
    seller.sign_in_as("สมหญิง บางบัว")
    seller.go("/my/inbox/")
    seller.go("/my/inbox/answers/")
    seller.fill(title="ที่จอดรถ", text="จอดรถฟรีข้างท่าน้ำค่ะ {name}")
    seller.send()

    seller.go("/my/inbox/")
    seller.page.locator("main a.row-link:has(svg[aria-label*=LINE])").first.click()
    seller.page.wait_for_load_state()
    seller.look()
    seller.fill(text="ขอบคุณค่ะ จอดรถฟรีข้างท่าน้ำ")
    seller.send()
    assert seller.page.locator("#thread").get_by_text("ขอบคุณค่ะ จอดรถฟรีข้างท่าน้ำ").count() == 1
    seller.fill(note="มาพร้อมเด็กเล็ก")
    seller.press("เก็บโน้ต")
    assert seller.says("มาพร้อมเด็กเล็ก")
    seller.press("จบเรื่องนี้แล้ว")
    seller.press("เลิกทำ")
