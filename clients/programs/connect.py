"""Asks through Databricks Connect, in one session, who is logged in, a second apart for as long as it is told to."""

import sys

from again import again
from databricks.connect import DatabricksSession

spark = DatabricksSession.builder.serverless().getOrCreate()
again(lambda: spark.sql("SELECT current_user() AS me").collect()[0].me, int(sys.argv[1]))
