terraform {
  required_version = ">= 1.5"

  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = ">= 1.98, < 2.0"
    }
    github = {
      source  = "integrations/github"
      version = ">= 6.6, < 7.0"
    }
  }
}

# Principal, membership and policy belong to the account; an account admin runs them.
provider "databricks" {
  alias      = "account"
  host       = var.account_console
  account_id = var.account_id
}

# Warehouse and grants belong to the workspace.
provider "databricks" {
  alias = "workspace"
  host  = var.workspace
}

provider "github" {
  owner = var.github_owner
}
