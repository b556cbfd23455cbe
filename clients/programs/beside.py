"""Two logins beside the one that this program was started with: to another workspace by a client secret, and
GitHub's own to the same one."""

import os

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config

second = Config(
    host=os.environ["SECOND_HOST"],
    client_id="second",
    client_secret="secret-of-the-second",
    auth_type="oauth-m2m",
)
print(second.authenticate()["Authorization"])
client = WorkspaceClient(
    host=os.environ["DATABRICKS_HOST"], client_id=os.environ["OWN_CLIENT_ID"], auth_type="github-oidc"
)
print(client.config.auth_type, client.current_user.me().user_name)
