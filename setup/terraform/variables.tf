variable "account_console" {
  description = "URL of the account console: https://accounts.azuredatabricks.net on Azure, https://accounts.gcp.databricks.com on Google Cloud."
  type        = string
  default     = "https://accounts.cloud.databricks.com"
}

variable "account_id" {
  description = "Id of the Databricks account, a UUID."
  type        = string
}

variable "workspace" {
  description = "URL of the workspace."
  type        = string
}

variable "workspace_id" {
  description = "The number after ?o= in the workspace's URL."
  type        = string
}

variable "github_owner" {
  description = "Organization or user that has the repository."
  type        = string
}

variable "github_repository" {
  description = "Name of the repository, without its owner."
  type        = string
}

variable "environment" {
  description = "GitHub environment that jobs name to log in."
  type        = string
  default     = "prod"
}

variable "branch" {
  description = "The one branch that may use the environment."
  type        = string
  default     = "main"
}

variable "subject_prefix" {
  description = "sub_claim_prefix of the repository, where it is not repo:OWNER/NAME: see docs/setup.md."
  type        = string
  default     = null
}

variable "catalog" {
  description = "Catalog that the job reads."
  type        = string
}

variable "schema" {
  description = "Schema of that catalog."
  type        = string
}
