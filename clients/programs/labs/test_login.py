"""Fixtures of databricks-labs-pytester, each of which logs in by itself: the workspace, and SQL on a warehouse."""

import os
import time

SECONDS = int(os.environ["SECONDS_TO_WORK"])


def test_who_is_logged_in(ws, sql_backend):
    end = time.monotonic() + SECONDS
    while True:
        me = ws.current_user.me().user_name
        assert [row.me for row in sql_backend.fetch("SELECT current_user() AS me")] == [me]
        if time.monotonic() >= end:
            break
        time.sleep(1)
    print(ws.config.auth_type, me)
