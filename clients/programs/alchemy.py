"""Asks over one connection who is logged in, a second apart for as long as it is told to. SQLAlchemy renews by
connect_args, and Great Expectations, which is built on it, takes the same."""

import os
import sys

from again import again
from databricks.sdk.core import Config
from sqlalchemy import create_engine, text

engine = create_engine(
    "databricks://{DATABRICKS_SERVER_HOSTNAME}?http_path={DATABRICKS_HTTP_PATH}&catalog=main&schema=default".format(
        **os.environ
    ),
    connect_args={"credentials_provider": lambda: Config().authenticate, "enable_telemetry": False},
)
with engine.connect() as connection:
    again(lambda: connection.execute(text("SELECT current_user() AS me")).scalar(), int(sys.argv[1]))
