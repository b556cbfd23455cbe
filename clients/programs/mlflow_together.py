"""What mlflow makes of token, client id and secret where it finds them together: its gateway's client, a second apart
for as long as it is told to, and then a child process with the environment that `mlflow run` gives its own."""

import os
import subprocess
import sys

import mlflow
from again import again
from mlflow.gateway.config import EndpointConfig
from mlflow.gateway.providers.databricks import DatabricksProvider
from mlflow.utils.databricks_utils import get_databricks_env_vars

mlflow.set_tracking_uri("databricks")
together = {name: os.environ.get("DATABRICKS_" + name.upper()) for name in ("host", "token", "client_id", "client_secret")}
endpoint = {
    "name": "chat",
    "endpoint_type": "llm/v1/chat",
    "model": {"provider": "databricks", "name": "any", "config": together},
}
client = DatabricksProvider(EndpointConfig(**endpoint))._get_workspace_client()
again(lambda: f"{client.config.auth_type} {client.current_user.me().user_name}", int(sys.argv[1]))

environment = {**os.environ, **get_databricks_env_vars("databricks")}
print("child:", subprocess.check_output([sys.executable, "mlflow_client.py"], env=environment, text=True).strip())
