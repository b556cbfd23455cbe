"""Asks who is logged in, and what one is, a second apart for as long as it is told to."""

import os
import sys

from again import again
from databricks.sdk import WorkspaceClient

client = WorkspaceClient()


def ask():
    me = client.current_user.me()
    answer = client.statement_execution.execute_statement(
        statement="SELECT 1", warehouse_id=os.environ["WAREHOUSE_ID"]
    )
    return f"{client.config.auth_type} {me.user_name} {answer.result.data_array}"


again(ask, int(sys.argv[1]) if len(sys.argv) > 1 else 0)
