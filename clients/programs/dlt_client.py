"""Asks through dlt, which is given no login, who is logged in, a second apart for as long as it is told to."""

import sys

import dlt
from again import again

pipeline = dlt.pipeline("nightly", destination="databricks", dataset_name="default")
with pipeline.sql_client() as client:
    again(lambda: client.execute_sql("SELECT current_user() AS me")[0][0], int(sys.argv[1]))
