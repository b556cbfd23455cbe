"""Runs the statements in its arguments after the first, which says how it logs in."""

import os
import sys

from databricks import sql


def renewed():
    from databricks.sdk.core import Config

    return {"credentials_provider": lambda: Config().authenticate}


LOGINS = {
    "token": lambda: {"access_token": os.environ["DATABRICKS_TOKEN"]},
    "renewed": renewed,
    "federation": lambda: {
        "access_token": os.environ["GITHUB_ID_TOKEN"],
        "identity_federation_client_id": os.environ["CLIENT_ID"],
    },
}

with sql.connect(
    server_hostname=os.environ["DATABRICKS_SERVER_HOSTNAME"],
    http_path=os.environ["DATABRICKS_HTTP_PATH"],
    enable_telemetry=False,
    _retry_stop_after_attempts_count=1,
    **LOGINS[sys.argv[1]](),
) as connection, connection.cursor() as cursor:
    for statement in sys.argv[2:]:
        cursor.execute(statement)
        print([list(row) for row in cursor.fetchall()])
