"""Checks over one connection pool that there is somebody logged in, a second apart for as long as it is told to."""

import os
import sys

import great_expectations as gx
from again import again
from databricks.sdk.core import Config

context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
source = context.data_sources.add_sql(
    "warehouse",
    connection_string="databricks://{DATABRICKS_SERVER_HOSTNAME}?http_path={DATABRICKS_HTTP_PATH}"
    "&catalog=main&schema=default".format(**os.environ),
    kwargs={"connect_args": {"credentials_provider": lambda: Config().authenticate, "enable_telemetry": False}},
)
asset = source.add_query_asset("people", query="SELECT current_user() AS me")
batch = asset.add_batch_definition_whole_table("all").get_batch()
somebody = gx.expectations.ExpectColumnValuesToNotBeNull(column="me")
again(lambda: f"somebody is logged in: {batch.validate(somebody).success}", int(sys.argv[1]))
