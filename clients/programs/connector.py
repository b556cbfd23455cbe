"""Runs the statements in its arguments after the first two, each a second apart for as long as the second says. The first
says how it logs in."""

import os
import sys

from again import again
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
    # What is refused once is not to pass unseen, unless it is the outage that is to be seen.
    **({} if "GO_ON" in os.environ else {"_retry_stop_after_attempts_count": 1}),
    **LOGINS[sys.argv[1]](),
) as connection, connection.cursor() as cursor:
    for statement in sys.argv[3:]:
        again(lambda: [list(row) for row in cursor.execute(statement).fetchall()], int(sys.argv[2]))
