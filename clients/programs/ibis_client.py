"""Asks through ibis, over one connection, which tables there are and who is logged in, a second apart for as long as it is
told to."""

import os
import sys

import ibis
from again import again
from databricks.sdk.core import Config

client = ibis.databricks.connect(
    server_hostname=os.environ["DATABRICKS_SERVER_HOSTNAME"],
    http_path=os.environ["DATABRICKS_HTTP_PATH"],
    catalog="main",
    schema="default",
    credentials_provider=lambda: Config().authenticate,
)


def ask():
    with client.raw_sql("SELECT current_user() AS me") as cursor:
        [[me]] = cursor.fetchall()
    return f"{client.list_tables(like='s')} {client.current_database} {me}"


again(ask, int(sys.argv[1]))
