"""Tags of pictures, and frames, among the lines of a dump: they are no text, and they part what is on their two sides."""

import pytest

from cleaner.model import Role
from cleaner.page.blocks_dump import segment_dump

PICTURE = '<img width="1024" height="388" src="https://ferry.example/uploads/2024/05/quay-1024x388.jpg" alt="The quay at dawn" />'
WRAPPED = PICTURE.replace("https://ferry.example/", "https://\n   ferry.example/").replace(" alt", "\n   alt")
BEFORE = "The ferry from Hollin Cross has a new captain, who says that she will keep the old timetable."
AFTER = "The first boat leaves at six in the morning, and the last one comes back at ten at night."
FRAME = "IFRAME: https://video.example/embed/ferry?version=3&autohide=2&showsearch=0&"


def read_roles(dump: str) -> list[tuple[str, bool]]:
    return [(block.text, block.role is Role.CONTROL) for block in segment_dump(dump)]


@pytest.mark.parametrize("tag", [PICTURE, WRAPPED])
@pytest.mark.parametrize("gap", ["\n\n   ", " ", ""])
def test_tag_of_a_picture_parts_the_text_around_it(tag, gap):
    read = read_roles(f"   {BEFORE}{gap}{tag}{gap}{AFTER}\n")
    assert [text for text, is_control in read if not is_control] == [BEFORE, AFTER]
    assert [" ".join(tag.split())] == [text for text, is_control in read if is_control]


@pytest.mark.parametrize(
    "frame", ["IFRAME: [15]player_1", FRAME, f"{FRAME}\n   showinfo=1", f"{FRAME[:7]}\n   {FRAME[8:]}\n   showinfo=1"]
)
def test_frame_is_no_text_however_its_address_is_wrapped(frame):
    read = read_roles(f"   {BEFORE}\n\n   {frame}\n\n   {AFTER}\n")
    assert [text for text, is_control in read if not is_control] == [BEFORE, AFTER]


def test_tag_that_a_text_explains_stays():
    text = 'A picture is written as <img src="cat.png" alt="A cat">, with a text for those who cannot see it.'
    assert read_roles(f"{BEFORE}\n\n{text}\n\n{AFTER}")[1] == (text, False)


def test_word_below_a_short_frame_stays():
    read = read_roles(f"   {BEFORE}\n\n   IFRAME: player_1\n   Ferries\n\n   {AFTER}\n")
    assert ("Ferries", False) in read
