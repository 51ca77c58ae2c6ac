"""From marks to a saved rule, and back, through the server."""

import json
import shutil

import pytest

from cleaner.labels import Label
from cleaner.ruletools.check import check_rules
from cleaner.storage.run_files import Failure
from tests.studio.served import HARBOUR, is_clean, serving

SITE = "harbourpost.example"
NEWSLETTER = {
    "table": "drop",
    "label": "newsletter",
    "matcher": {"starts": "The Harbour Post writes"},
    "why": "the letter of Fridays",
}
TOO_WIDE = {"table": "drop", "label": "promo", "matcher": {"selector": "main.story p"}, "why": "too wide"}


def find(client, start, page=0):
    blocks = client.get(f"/api/pages/{page}")["blocks"]
    return next(at for at, block in enumerate(blocks) if block["text"].startswith(start))


def mark(client, start, label, page=0):
    return {str(page): {str(find(client, start, page)): label}}


def draft(client, *changes, label="newsletter", start="The Harbour Post writes", **more):
    return {"site": SITE, "changes": changes, "marks": mark(client, start, label), "cases": [0], **more}


def save(client, given):
    return client.post("/api/save", {**given, "base": client.post("/api/preview", given)["base"]})


def test_the_state_lists_pages_with_what_became_of_them(looking):
    state = looking.get("/api/state")
    assert {page["site"] for page in state["pages"]} == {SITE}
    assert [page["number"] for page in state["pages"]] == list(range(6))
    assert all(0 < page["kept_share"] < 1 for page in state["pages"])
    assert [label["name"] for label in state["labels"]] == [label.value for label in Label]


def test_a_page_has_its_blocks_with_reasons(looking):
    page = looking.get("/api/pages/0")
    assert all(block["judge"] and block["why"] for block in page["blocks"])
    assert page["markdown"].startswith("---\n")
    assert page["metadata"]["title"] == page["title"]


@pytest.mark.parametrize("path", ["/api/pages/6", "/frame/6"])
def test_a_page_that_is_not_there_is_not_found(looking, path):
    response = looking.ask("GET", path)
    assert response.status == 404
    assert "no such page" in json.loads(response.content)["error"]


def test_proposals_come_with_hits_on_every_page(looking):
    marks = mark(looking, "The Harbour Post writes", "newsletter")
    answer = looking.post("/api/proposals", {"site": SITE, "marks": marks})
    best = answer["proposals"][0]
    assert answer["pages"] == 6
    assert best["counts"] == {"changed": 6}
    assert {hit["page"] for hit in best["hits"]} == set(range(6))


def test_a_change_is_tried_as_one_types(looking):
    answer = looking.post("/api/proposals", {"site": SITE, "change": TOO_WIDE})
    assert answer["proposals"][0]["hits"][0]["effect"] == "doubtful"
    wrong = {**TOO_WIDE, "matcher": {"regex": "("}}
    assert "cannot be used" in looking.post("/api/proposals", {"site": SITE, "change": wrong}, status=422)["error"]


def test_metadata_shows_what_it_reads_on_each_page(looking):
    change = {"table": "metadata", "field": "section", "selector": "p.desk"}
    (proposal,) = looking.post("/api/proposals", {"site": SITE, "change": change})["proposals"]
    assert len(proposal["values"]) == 6
    assert proposal["values"][0]["after"].startswith("Seen something")
    assert not proposal["values"][0]["before"]


@pytest.mark.parametrize("marks", [{"x": {"0": "promo"}}, {"0": {"x": "promo"}}, {"0": {"0": "nonsense"}}])
def test_marks_that_make_no_sense_are_refused(looking, marks):
    looking.post("/api/proposals", {"site": SITE, "marks": marks}, status=400)


def test_a_preview_writes_nothing_and_shows_everything(studio):
    shown = studio.post("/api/preview", draft(studio, NEWSLETTER))
    assert shown["passes"]
    assert shown["open"] == []
    assert len(shown["pages"]) == 6
    assert all(change["kept_after"] < change["kept_before"] for change in shown["pages"])
    assert '+starts = "The Harbour Post writes"' in shown["diff"]
    assert not studio.settings.rules.exists()


def test_a_saved_rule_passes_the_check_and_takes_effect(studio):
    saved = save(studio, draft(studio, NEWSLETTER))
    folder = studio.settings.rules
    assert saved["written"][-1] == f"{SITE}.toml"
    results = list(check_rules(folder))
    assert results
    assert all(result.passes for result in results)
    studio.wait_until(is_clean)
    after = studio.wait_until(
        lambda _: studio.get("/api/pages/5")["blocks"][find(studio, "The Harbour", 5)]["keep"] is False
    )
    assert after["can_undo"]
    block = studio.get("/api/pages/5")["blocks"][find(studio, "The Harbour", 5)]
    assert (block["label"], block["rule"], block["why"]) == ("newsletter", f"{SITE}:drop[0]", "the letter of Fridays")


def test_a_save_is_taken_back(studio):
    save(studio, draft(studio, NEWSLETTER))
    restored = studio.post("/api/undo", {})["restored"]
    assert f"{SITE}.toml" in restored
    assert not [path for path in studio.settings.rules.rglob("*") if path.is_file()]


def test_what_was_edited_after_saving_is_not_taken_back(studio):
    save(studio, draft(studio, NEWSLETTER))
    file = studio.settings.rules / f"{SITE}.toml"
    file.write_text("# mine\n" + file.read_text())
    assert "changed since" in studio.post("/api/undo", {}, status=409)["error"]
    assert file.read_text().startswith("# mine\n")


def test_a_second_rule_keeps_comments_and_the_case(studio):
    save(studio, draft(studio, NEWSLETTER))
    file = studio.settings.rules / f"{SITE}.toml"
    file.write_text(file.read_text().replace("[[drop]]", "# read the letter first\n[[drop]]"))
    desk = {"table": "drop", "label": "promo", "matcher": {"starts": "Seen something"}, "why": "the desk"}
    given = draft(studio, desk, label="promo", start="Seen something")
    # While pages are cleaned with the changed rules, the answer may be that one is not cleaned.
    studio.wait_until(lambda _: b"read the letter" in studio.ask("GET", f"/api/rules/{SITE}").content)
    shown = studio.post("/api/preview", given)
    assert [check["field"] for check in shown["checks"] if check["state"] == "fails"] == ["golden"]
    assert not shown["passes"]  # the golden of the older case: it is accepted on purpose only
    save(studio, {**given, "accept_cases": True})
    text = file.read_text()
    assert "# read the letter first\n[[drop]]" in text
    assert text.count("[[case]]") == 1
    assert all(result.passes for result in check_rules(studio.settings.rules))


def test_a_draft_that_was_looked_at_before_the_file_changed_is_not_saved(studio):
    given = draft(studio, NEWSLETTER)
    base = studio.post("/api/preview", given)["base"]
    folder = studio.settings.rules
    folder.mkdir()
    (folder / f"{SITE}.toml").write_text(f'hosts = ["{SITE}"]\n')
    studio.wait_until(lambda _: studio.get(f"/api/rules/{SITE}")["text"])
    assert "changed since" in studio.post("/api/save", {**given, "base": base}, status=409)["error"]


def test_a_draft_that_fails_the_check_says_so(studio):
    shown = studio.post("/api/preview", draft(studio, TOO_WIDE))
    assert not shown["passes"]
    problems = [check["detail"] for check in shown["checks"] if check["state"] == "fails"]
    assert any("is not followed on this page" in problem for problem in problems)


def test_marks_that_a_draft_does_not_fulfil_are_open(studio):
    given = draft(studio, NEWSLETTER)
    given["marks"]["0"][str(find(studio, "Seen something"))] = "promo"
    assert [one["label"] for one in studio.post("/api/preview", given)["open"]] == ["promo"]


def test_a_rule_file_changed_in_an_editor_takes_effect(studio):
    folder = studio.settings.rules
    folder.mkdir()
    file = folder / f"{SITE}.toml"
    file.write_text(f'hosts = ["{SITE}"]\n\n[[drop]]\nlabel = "promo"\nstarts = "Seen something"\nwhy = "the desk"\n')
    at = find(studio, "Seen something")
    studio.wait_until(lambda _: not studio.get("/api/pages/0")["blocks"][at]["keep"])
    file.write_text("hosts = [")
    state = studio.wait_until(lambda state: state["rule_error"])
    assert f"{SITE}.toml" in state["rule_error"]
    assert not studio.get("/api/pages/0")["blocks"][at]["keep"]  # the rules before the error stay in force
    file.unlink()
    studio.wait_until(lambda state: not state["rule_error"] and studio.get("/api/pages/0")["blocks"][at]["keep"])


def test_nothing_is_saved_without_a_folder(looking):
    assert "--rules DIR" in looking.post("/api/save", draft(looking, NEWSLETTER), status=409)["error"]


def test_a_labelled_page_is_a_row_of_a_corpus(looking):
    body = json.dumps({"page": 0, "marks": mark(looking, "Onward:", "related")}).encode()
    row = json.loads(looking.ask("POST", "/api/labelled", body, {"Content-Type": "application/json"}).content)
    assert row["gold_by"] == "labels"
    assert sorted({label for label, _ in row["blocks"]} & {"related", "navigation"}, reverse=True) == [
        "related",
        "navigation",
    ]


def test_a_finished_run_shows_the_pages_it_was_made_of(tmp_path, monkeypatch):
    from cleaner.batch.run import RunSettings, run_batch

    shutil.copytree(HARBOUR, tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    run_batch([(tmp_path / "pages").relative_to(tmp_path)], tmp_path / "out", RunSettings(jobs=1))
    with serving([tmp_path / "out"]) as client:
        assert len(client.wait_until(is_clean)["pages"]) == 6
    shutil.rmtree(tmp_path / "pages")
    with serving([tmp_path / "out"]) as client:
        assert "not found" in client.wait_until(lambda state: state["notice"])["notice"]


@pytest.mark.parametrize("format_", ["md", "txt", "parquet"])
def test_a_finished_run_of_any_format_shows_its_pages(tmp_path, monkeypatch, format_):
    from cleaner.batch.run import RunSettings, run_batch
    from cleaner.render.output_formats import OutputFormat

    monkeypatch.chdir(tmp_path)
    run_batch([HARBOUR], tmp_path / "out", RunSettings(jobs=1, form=OutputFormat(format_)))
    with serving([tmp_path / "out"]) as client:
        state = client.wait_until(is_clean)
    assert len(state["pages"]) == 6
    assert state["notice"] == ""


def make_file(studio, text):
    folder = studio.settings.rules
    folder.mkdir(exist_ok=True)
    (folder / f"{SITE}.toml").write_text(text)
    studio.wait_until(lambda _: studio.get(f"/api/rules/{SITE}")["text"] == text)


def test_the_rule_file_has_its_entries_with_what_they_decide(studio):
    save(studio, draft(studio, NEWSLETTER))
    studio.wait_until(is_clean)
    studio.wait_until(lambda _: studio.get(f"/api/rules/{SITE}")["entries"][0]["pages"] == 6)
    shown = studio.get(f"/api/rules/{SITE}")
    entry, case = shown["entries"]
    assert (entry["rule"], entry["kind"], entry["blocks"]) == (f"{SITE}:drop[0]", "starts", 6)
    assert (case["rule"], case["kind"]) == (f"{SITE}:case[0]", "case")
    assert case["change"]["case"]["must_drop"]
    assert shown["cases"] == 1
    assert not shown["builtin"]


def test_an_entry_of_the_file_is_edited_and_then_removed(studio):
    save(studio, draft(studio, NEWSLETTER))
    studio.wait_until(is_clean)
    edited = {**NEWSLETTER, "matcher": {"starts": "The Harbour Post"}, "replaces": NEWSLETTER}
    given = {"site": SITE, "changes": [edited]}
    assert studio.post("/api/preview", given)["passes"]
    assert 'starts = "The Harbour Post"\n' in save(studio, given)["text"]
    studio.wait_until(is_clean)
    old = {**edited, "replaces": None, "removes": True}
    gone = {"site": SITE, "changes": [old]}
    shown = studio.post("/api/preview", gone)
    assert not shown["passes"]  # the case asks for what the entry did
    assert {page["kept_after"] > page["kept_before"] for page in shown["pages"]} == {True}
    text = save(studio, {**gone, "accept_cases": True})["text"]
    assert "[[drop]]" not in text
    assert "must_drop" not in text
    assert all(result.passes for result in check_rules(studio.settings.rules))


def test_a_case_is_edited_and_removed_with_its_page_and_both_are_taken_back(studio):
    save(studio, draft(studio, NEWSLETTER))
    studio.wait_until(is_clean)
    folder = studio.settings.rules
    case = studio.get(f"/api/rules/{SITE}")["entries"][1]["change"]
    edited = {"table": "case", "case": {**case["case"], "must_keep": ["No such text"]}, "replaces": case}
    assert not studio.post("/api/preview", {"site": SITE, "changes": [edited]})["passes"]
    page = folder / case["case"]["input"]
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    removed = save(studio, {"site": SITE, "changes": [{**case, "removes": True}, {**NEWSLETTER, "removes": True}]})
    assert removed["passes"]
    assert not page.exists()
    assert "[[case]]" not in removed["text"]
    studio.post("/api/undo", {})
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_page_that_another_case_needs_stays(studio):
    page = studio.settings.rules / "cases" / "library.html"
    page.parent.mkdir(parents=True)
    shutil.copy(HARBOUR / "library.html", page)
    cases = "".join(
        f'[[case]]\ninput = "cases/library.html"\nmust_keep = ["{text}"]\n\n' for text in ("library", "floats")
    )
    make_file(studio, f'hosts = ["{SITE}"]\n\n{cases}')
    first, second = (one["change"] for one in studio.get(f"/api/rules/{SITE}")["entries"])
    save(studio, {"site": SITE, "changes": [{**first, "removes": True}]})
    assert page.exists()
    save(studio, {"site": SITE, "changes": [{**second, "removes": True}]})
    assert not page.exists()


def test_trust_of_an_entry_is_edited(studio):
    save(studio, draft(studio, NEWSLETTER))
    studio.wait_until(is_clean)
    given = {"site": SITE, "changes": [{**NEWSLETTER, "trust": "always", "replaces": NEWSLETTER}]}
    assert 'trust = "always"\n' in save(studio, given)["text"]
    assert studio.get(f"/api/rules/{SITE}")["entries"][0]["change"]["trust"] == "always"


def test_an_entry_that_is_gone_from_the_file_is_not_edited(studio):
    make_file(studio, f'hosts = ["{SITE}"]\n')
    given = {"site": SITE, "changes": [{**NEWSLETTER, "removes": True}]}
    assert "does not have this entry any more" in studio.post("/api/preview", given, status=422)["error"]


def test_an_entry_without_a_marked_page_is_proved_by_a_page_that_it_changes(studio):
    shown = studio.post("/api/preview", {"site": SITE, "changes": [NEWSLETTER]})
    assert shown["passes"]
    assert len(shown["cases"]) == 1


def test_metadata_that_are_pointed_at_are_expected_of_the_case(studio):
    change = {"table": "metadata", "field": "section", "selector": "p.desk"}
    marks = mark(studio, "Seen something", "tags")
    given = {"site": SITE, "changes": [change], "marks": marks, "cases": [0]}
    assert "\nsection = " in save(studio, given)["text"].partition("[[case]]")[2]
    assert all(result.passes for result in check_rules(studio.settings.rules))


def test_a_block_of_topics_may_show_the_section(looking):
    asked = {"site": SITE, "marks": mark(looking, "Seen something", "tags")}
    fields = {one["change"].get("field") for one in looking.post("/api/proposals", asked)["proposals"]}
    assert {"section", "tags"} <= fields


def test_the_evidence_has_labels_for_every_block(looking):
    evidence = looking.get("/api/pages/0/evidence")
    blocks = looking.get("/api/pages/0")["blocks"]
    assert len(evidence) == len(blocks)
    at = next(place for place, block in enumerate(blocks) if block["keep"] and len(block["text"]) > 120)
    assert evidence[at]["all"][0][0] == "body"
    assert all(0 <= share <= 1 for one in evidence for kind in one.values() for _, share in kind)


def test_what_cannot_be_read_or_cleaned_is_listed(tmp_path):
    (tmp_path / "empty.html").write_text("")
    (tmp_path / "script.html").write_text("<html><script>1</script></html>")
    with serving([tmp_path]) as client:
        state = client.wait_until(is_clean)
    assert [Failure(**one).path for one in state["failures"]] == [str(tmp_path / "empty.html")]
    assert [page["state"] for page in state["pages"]] == ["failed"]
    assert "no text" in state["pages"][0]["problem"]


def test_dumps_of_an_unknown_site_get_its_name_and_signatures(tmp_path):
    stories = [
        (
            "Ferries",
            "The ferry to the outer islands will leave forty minutes earlier from the first of April, they said.",
        ),
        (
            "Lanterns",
            "For the first time in eleven winters the iron lanterns of the old quay were lit on Sunday evening.",
        ),
        (
            "Kelp",
            "Three bakeries on the front have begun to sell a dark bread with dried kelp in it, gone before the bell.",
        ),
    ]
    for title, story in stories:
        lines = ["Harbour Post | tides and town", title, story, "Write to the harbour desk about it", story.upper()]
        (tmp_path / f"{title}.txt").write_text("\n\n".join(lines))
    with serving([tmp_path], rules=tmp_path / "rules") as client:
        state = client.wait_until(is_clean)
        assert {page["site"] for page in state["pages"]} == {""}
        at = find(client, "Write to the harbour desk")
        change = {
            "table": "drop",
            "label": "promo",
            "matcher": {"line": "Write to the harbour desk about it"},
            "why": "desk",
        }
        given = {"site": "harbourpost.example", "changes": [change], "marks": {"0": {str(at): "promo"}}, "cases": [0]}
        saved = save(client, given)
        assert "Harbour Post | tides and town" in saved["text"]
        assert all(result.passes for result in check_rules(tmp_path / "rules"))
        client.wait_until(lambda state: {page["site"] for page in state["pages"]} == {"harbourpost.example"})
