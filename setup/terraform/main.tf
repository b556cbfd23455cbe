locals {
  default_prefix = "repo:${var.github_owner}/${var.github_repository}"
  subject        = "${coalesce(var.subject_prefix, local.default_prefix)}:environment:${var.environment}"
  # The id that the script and a dry run give it: at most 63 small letters, digits and hyphens.
  policy_name = lower("github-${var.github_repository}-${var.environment}")
  policy_id   = trimsuffix(substr(replace(local.policy_name, "/[^a-z0-9]+/", "-"), 0, 63), "-")
}

# If this does not make the environment, GitHub does when a job first names it, open to every branch.
resource "github_repository_environment" "job" {
  repository  = var.github_repository
  environment = var.environment

  deployment_branch_policy {
    protected_branches     = false
    custom_branch_policies = true
  }
}

resource "github_repository_environment_deployment_policy" "job" {
  repository     = var.github_repository
  environment    = github_repository_environment.job.environment
  branch_pattern = var.branch
}

# The name holds the owner, since repositories of two owners may have one name, and must not share a principal.
resource "databricks_service_principal" "job" {
  provider     = databricks.account
  display_name = "github ${var.github_owner}/${var.github_repository} ${var.environment}"
}

resource "databricks_mws_permission_assignment" "job" {
  provider     = databricks.account
  workspace_id = var.workspace_id
  principal_id = databricks_service_principal.job.id
  permissions  = ["USER"]
}

resource "databricks_service_principal_federation_policy" "job" {
  provider             = databricks.account
  service_principal_id = databricks_service_principal.job.id
  policy_id            = local.policy_id

  oidc_policy = {
    issuer    = "https://token.actions.githubusercontent.com"
    audiences = [var.account_id]
    subject   = local.subject
  }

  # The policy would admit every branch until the environment is closed.
  depends_on = [github_repository_environment_deployment_policy.job]
}

# The warehouse is new, since databricks_permissions replaces all permissions of what it names. It would
# take those of others away. For an existing warehouse put the principal into a group that may use it.
resource "databricks_sql_endpoint" "job" {
  provider                  = databricks.workspace
  name                      = "github ${var.github_owner}/${var.github_repository} ${var.environment}"
  cluster_size              = "2X-Small"
  max_num_clusters          = 1
  auto_stop_mins            = 10
  warehouse_type            = "PRO"
  enable_serverless_compute = true
  no_wait                   = true
}

resource "databricks_permissions" "job" {
  provider        = databricks.workspace
  sql_endpoint_id = databricks_sql_endpoint.job.id

  access_control {
    service_principal_name = databricks_service_principal.job.application_id
    permission_level       = "CAN_USE"
  }

  depends_on = [databricks_mws_permission_assignment.job]
}

# databricks_grant is about one principal; databricks_grants would take away everybody else's.
resource "databricks_grant" "catalog" {
  provider   = databricks.workspace
  catalog    = var.catalog
  principal  = databricks_service_principal.job.application_id
  privileges = ["USE_CATALOG"]

  depends_on = [databricks_mws_permission_assignment.job]
}

resource "databricks_grant" "schema" {
  provider   = databricks.workspace
  schema     = "${var.catalog}.${var.schema}"
  principal  = databricks_service_principal.job.application_id
  privileges = ["USE_SCHEMA", "SELECT"]

  depends_on = [databricks_mws_permission_assignment.job]
}

resource "github_actions_environment_variable" "job" {
  for_each = {
    DATABRICKS_HOST         = var.workspace
    DATABRICKS_ACCOUNT_ID   = var.account_id
    DATABRICKS_CLIENT_ID    = databricks_service_principal.job.application_id
    DATABRICKS_WAREHOUSE_ID = databricks_sql_endpoint.job.id
  }

  repository    = var.github_repository
  environment   = github_repository_environment.job.environment
  variable_name = each.key
  value         = each.value
}
