"""The entry: the frame of every page, the navigation, and the one place where an error becomes a message."""

import logging
from pathlib import Path

import streamlit as st

from lib import ui
from lib.errors import DashboardError
from lib.panels import address

ROOT = Path(__file__).resolve().parent
MONITOR = ROOT / "pages" / "monitor"
MEETING = ROOT / "pages" / "meeting"
DATA = ROOT / "pages" / "data"
REPORTS = ROOT / "pages" / "reports"


def pages() -> dict[str, list]:
    """Every page under its heading, in the order of the navigation."""
    return {
        "Theo dõi": [
            st.Page(MONITOR / "overview.py", title="Tổng quan", default=True),
            st.Page(MONITOR / "departments.py", title="Theo phòng", url_path=address.DEPARTMENTS),
            st.Page(MONITOR / "sections.py", title="Theo mục", url_path=address.SECTIONS),
            st.Page(MONITOR / "dan_van_kheo.py", title="Dân vận khéo", url_path=address.MODELS),
            st.Page(MONITOR / "tasks.py", title="Nhiệm vụ", url_path=address.TASKS),
            st.Page(MONITOR / "changes.py", title="Thay đổi", url_path=address.CHANGES),
            # The default page answers at the root alone; this one makes its own address work too.
            st.Page(MONITOR / "overview.py", title="Tổng quan", url_path=address.OVERVIEW, visibility="hidden"),
        ],
        "Cuộc họp": [
            st.Page(MEETING / "present.py", title="Trình chiếu", url_path=address.MEETING),
            st.Page(MEETING / "prepare.py", title="Chuẩn bị cuộc họp", url_path=address.PREPARE),
        ],
        "Báo cáo": [st.Page(REPORTS / "documents.py", title="Báo cáo, văn bản", url_path=address.REPORTS)],
        "Thanh tra": [
            st.Page(DATA / "update.py", title="Cập nhật số liệu", url_path=address.UPDATE),
            st.Page(DATA / "history.py", title="Lịch sử", url_path=address.HISTORY),
            st.Page(DATA / "accounts.py", title="Tài khoản", url_path=address.ACCOUNTS),
            st.Page(DATA / "sign_in.py", title="Đăng nhập", url_path=address.SIGN_IN),
        ],
    }


def main() -> None:
    """One run, which is one look at what is published: frame, then the page that the address asks for."""
    st.set_page_config(page_title="Theo dõi kế hoạch", page_icon=ROOT / "static" / "icon.png", layout="wide")
    ui.style()
    offered = ui.offered(pages)
    page = st.navigation(offered, expanded=True)
    try:
        ui.follow_clicks(page for group in offered.values() for page in group)
        ui.bring_cookie()
        if ui.admitted():
            page.run()
    except DashboardError as error:
        ui.show_error(error)
    except Exception:  # whatever else it is, it is a bug: kept whole in the log, said calmly on the screen
        logging.getLogger(__name__).exception("Không dựng được trang %s", page.title)
        ui.show_bug()


with ui.one_look():
    main()
