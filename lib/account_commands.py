"""`run.py account ...`: accounts from the server's own command line. A password is never a word of the command."""

import argparse
import getpass
import os
import sys

from lib import accounts, clock, settings, store
from lib.accounts import Role
from lib.arguments import Parser
from lib.errors import DashboardError

BY = "Dòng lệnh trên máy chủ"
OK = 0


def add_parser(parser: Parser) -> None:
    """The words after `account`."""
    commands = parser.add_subparsers(required=True, metavar="VIỆC")
    for name, words, act in (
        ("add", "thêm tài khoản", add),
        ("password", "đặt mật khẩu mới", set_password),
        ("lock", "khóa tài khoản", lock),
        ("unlock", "mở khóa tài khoản", unlock),
    ):
        one = commands.add_parser(name, help=words)
        one.add_argument("name", metavar="HỌ_TÊN", help="họ tên, trong dấu nháy kép")
        one.set_defaults(command=act)
        if name == "add":
            one.add_argument(
                "--role", choices=[role.value for role in Role], default=Role.INSPECTOR.value, help="vai trò"
            )
    commands.add_parser("list", help="xem các tài khoản").set_defaults(command=show)


def add(options: argparse.Namespace) -> int:
    """Ask for a password and make the account."""
    person = accounts.add(_store(), options.name, _password(), Role(options.role), clock.now(), BY)
    print(f"Đã thêm tài khoản {person.shown_name}: {accounts.ROLE_NAMES[person.role]}.")
    return OK


def set_password(options: argparse.Namespace) -> int:
    """Ask for a new password."""
    accounts.set_password(_store(), options.name, _password(), clock.now(), BY)
    print(f"Đã đặt mật khẩu mới cho {options.name}.")
    return OK


def lock(options: argparse.Namespace) -> int:
    """Lock an account and end its sessions."""
    accounts.set_active(_store(), options.name, active=False, at=clock.now(), by=BY)
    print(f"Đã khóa tài khoản {options.name}.")
    return OK


def unlock(options: argparse.Namespace) -> int:
    """Open a locked account."""
    accounts.set_active(_store(), options.name, active=True, at=clock.now(), by=BY)
    print(f"Đã mở khóa tài khoản {options.name}.")
    return OK


def show(_options: argparse.Namespace) -> int:
    """Print every account."""
    for person in accounts.people(_store()):
        print(f"{person.shown_name}\t{accounts.ROLE_NAMES[person.role]}\t{'đang dùng' if person.active else 'đã khóa'}")
    return OK


def _store() -> store.Store:
    chosen = settings.load(os.environ)
    return store.Store(chosen.data_dir, chosen.database_url)


def _password() -> str:
    """Typed twice and unseen; one line where a program feeds it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Mật khẩu: ")
    if getpass.getpass("Gõ lại mật khẩu: ") != first:
        raise DashboardError("Hai lần gõ mật khẩu không giống nhau. Chạy lại lệnh.")
    return first
