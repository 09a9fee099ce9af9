"""Every page there is, who finds it in the menu, and how one leads to another. A new page is one line in PAGES."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from training.core.permission import Action, Actor, may
from training.services.app import App
from training.ui import frame, places
from training.ui.pages import (
    answer_challenge,
    atlas,
    banks,
    begin_quiz,
    browse_modules,
    certificates,
    challenges,
    choose_quiz,
    cohort_scores,
    countersign,
    dossiers,
    exam_forms,
    examine,
    exchange,
    extra_time,
    glossary,
    health,
    home,
    item_history,
    item_plots,
    item_statistics,
    key_change,
    key_changes,
    my_certificates,
    my_challenges,
    my_dossier,
    people,
    preview_item,
    propose_key_change,
    read_module,
    register,
    reset_password,
    review_queue,
    review_result,
    revise,
    see_progress,
    sign_in,
    studies,
    study,
    take_quiz,
    test_report,
    workshop,
)

Render = Callable[[App, Actor], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, its name, and the right that puts it into the menu; unlisted ones are reached by links."""

    url: str
    title: str
    icon: str
    render: Render
    group: str
    action: Action | None = Action.LEARN
    listed: bool = True
    public: bool = False
    wide: bool = False


PAGES: tuple[Page, ...] = (
    Page("home", "Home", "home", home.render, "Learn"),
    Page("modules", "Modules", "menu_book", browse_modules.render, "Learn"),
    Page("module", "Module", "menu_book", read_module.render, "Learn", listed=False),
    Page("revision", "Revision sheet", "summarize", revise.render, "Learn", listed=False),
    Page("atlas", "Muscle atlas", "accessibility_new", atlas.render, "Learn", wide=True),
    Page("glossary", "Glossary", "dictionary", glossary.render, "Learn"),
    Page("quizzes", "Quizzes", "edit_note", choose_quiz.render, "Learn"),
    Page("quiz", "Before the quiz", "edit_note", begin_quiz.render, "Learn", listed=False),
    Page("sitting", "Quiz", "edit_note", take_quiz.render, "Learn", listed=False),
    Page("result", "Result", "grading", review_result.render, "Learn", listed=False),
    Page("progress", "My progress", "monitoring", see_progress.render, "Learn", Action.SEE_OWN_WORK),
    Page(
        "my-certificates", "My certificates", "workspace_premium", my_certificates.render, "Learn", Action.SEE_OWN_WORK
    ),
    Page("my-challenges", "My challenges", "gavel", my_challenges.render, "Learn", Action.CHALLENGE_ITEMS, False),
    Page("my-dossier", "My dossier", "folder_shared", my_dossier.render, "Learn", Action.SEE_OWN_WORK),
    Page("banks", "Banks", "folder_open", banks.render, "Teach", Action.READ_CONTENT, wide=True),
    Page("workshop", "Workshop", "construction", workshop.render, "Teach", Action.EDIT_CONTENT, wide=True),
    Page("exchange", "Import and export", "swap_horiz", exchange.render, "Teach", Action.IMPORT_CONTENT, wide=True),
    Page("preview-item", "Preview", "preview", preview_item.render, "Teach", Action.READ_CONTENT, False, wide=True),
    Page("review-queue", "Review queue", "rate_review", review_queue.render, "Teach", Action.REVIEW_CONTENT, wide=True),
    Page("item-history", "History", "history", item_history.render, "Teach", Action.READ_CONTENT, False, wide=True),
    Page(
        "item-statistics",
        "Item statistics",
        "query_stats",
        item_statistics.render,
        "Teach",
        Action.READ_CONTENT,
        wide=True,
    ),
    Page("item-plots", "Item", "query_stats", item_plots.render, "Teach", Action.READ_CONTENT, False),
    Page("challenges", "Challenges", "gavel", challenges.render, "Teach", Action.ANSWER_CHALLENGES, wide=True),
    Page(
        "challenge", "Challenge", "gavel", answer_challenge.render, "Teach", Action.ANSWER_CHALLENGES, False, wide=True
    ),
    Page("exam-forms", "Exam forms", "description", exam_forms.render, "Coordinate", Action.MANAGE_FORMS, wide=True),
    Page("practicals", "Practicals", "fact_check", examine.render, "Teach", Action.EXAMINE),
    Page("studies", "Standard setting", "balance", studies.render, "Coordinate", Action.SET_STANDARDS),
    Page("study", "Study", "balance", study.render, "Coordinate", Action.LEARN, False, wide=True),
    Page("key-changes", "Key changes", "key", key_changes.render, "Teach", Action.SIGN_KEY_CHANGES, wide=True),
    Page("key-change", "Key change", "key", key_change.render, "Teach", Action.SIGN_KEY_CHANGES, False, wide=True),
    Page(
        "propose-key-change",
        "Propose a key change",
        "key",
        propose_key_change.render,
        "Teach",
        Action.PROPOSE_KEY_CHANGES,
        False,
    ),
    Page("cohort-scores", "Cohort scores", "groups", cohort_scores.render, "Coordinate", Action.SEE_SCORES, wide=True),
    Page("dossiers", "Dossiers", "folder_shared", dossiers.render, "Coordinate", Action.SEE_DOSSIERS),
    Page("extra-time", "Extra time", "more_time", extra_time.render, "Coordinate", Action.GRANT_ACCOMMODATIONS),
    Page(
        "certificates",
        "Certificates",
        "workspace_premium",
        certificates.render,
        "Coordinate",
        Action.MANAGE_CERTIFICATES,
        wide=True,
    ),
    Page("test-report", "Test report", "analytics", test_report.render, "Coordinate", Action.SEE_SCORES, wide=True),
    Page("people", "People", "group", people.render, "Administer", Action.MANAGE_PEOPLE),
    Page("health", "Health", "monitor_heart", health.render, "Administer", Action.SEE_HEALTH),
    Page("sign-in", "Sign in", "login", sign_in.render, "", None, public=True),
    Page("register", "Register", "person_add", register.render, "", None, public=True),
    Page("countersign", "Countersign", "draw", countersign.render, "", None, listed=False, public=True),
    Page("reset-password", "New password", "key", reset_password.render, "", None, listed=False, public=True),
)


def pages_for(actor: Actor) -> list[Page]:
    """List the pages in this person's menu."""
    if not actor.signed_in:
        return [page for page in PAGES if page.public and page.listed]
    return [page for page in PAGES if page.listed and page.action is not None and may(actor, page.action)]


def run(app: App, actor: Actor, *, home: str = "home") -> None:
    """Draw the page that the address names. Every page is registered for everyone, so that a reload finds it."""
    menu = {page.url for page in pages_for(actor)}
    registered = {page.url: _registered(app, actor, page, page.url in menu, home) for page in PAGES}
    places.remember(registered)
    unknown = _unknown_address(registered)
    if unknown:
        registered[unknown] = st.Page(_nothing_here, title="Not found", url_path=unknown, visibility="hidden")
    chosen = st.navigation(_menu(registered, menu), position="sidebar", expanded=True)
    frame.sidebar(app, actor)
    chosen.run()


def _menu(registered: dict[str, StreamlitPage], menu: set[str]) -> dict[str, list[StreamlitPage]]:
    """Group the pages; for someone who sees one group only, its name would be noise."""
    several = len({page.group for page in PAGES if page.url in menu}) > 1
    group_of = {page.url: page.group for page in PAGES} if several else {}
    groups: dict[str, list[StreamlitPage]] = {}
    for url, page in registered.items():
        groups.setdefault(group_of.get(url, ""), []).append(page)
    return groups


def _unknown_address(registered: dict[str, StreamlitPage]) -> str:
    """Give the address asked for where it is none of ours: it gets a page that says so, not Streamlit's own notice."""
    asked = urlsplit(st.context.url or "").path.strip("/")
    return asked if asked not in registered and re.fullmatch(r"[\w.-]{1,80}", asked) else ""


def _nothing_here() -> None:
    frame.nothing_here("There is no page at this address.")


def _registered(app: App, actor: Actor, page: Page, listed: bool, home: str) -> StreamlitPage:
    return st.Page(
        partial(_draw, app, actor, page),
        title=page.title,
        icon=f":material/{page.icon}:",
        url_path=page.url,
        default=page.url == home,
        visibility="visible" if listed else "hidden",
    )


def _draw(app: App, actor: Actor, page: Page) -> None:
    # Said by every page, since Streamlit keeps the width of the one before.
    st.set_page_config(layout="wide" if page.wide and actor.signed_in else "centered")
    if not actor.signed_in and not page.public:
        # The address stays what the visitor asked for, so signing in leads there.
        sign_in.render(app, actor)
        return
    top = st.container()
    with frame.refusals():
        page.render(app, actor)
    with top:  # last: a page that leads on to another leaves its notices to that one
        frame.notices()
