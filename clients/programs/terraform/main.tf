# Asks who is logged in at once and after each of two waits: an apply that outlives two tokens.
terraform {
  required_providers {
    databricks = {
      source  = "databricks/databricks"
      version = "1.128.0"
    }
  }
}

provider "databricks" {}

variable "seconds" {
  type    = number
  default = 0
}

resource "terraform_data" "first" {
  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

resource "terraform_data" "second" {
  depends_on = [data.databricks_current_user.between]
  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

data "databricks_current_user" "before" {}

data "databricks_current_user" "between" {
  depends_on = [terraform_data.first]
}

data "databricks_current_user" "after" {
  depends_on = [terraform_data.second]
}

output "who" {
  value = [
    data.databricks_current_user.before.user_name,
    data.databricks_current_user.between.user_name,
    data.databricks_current_user.after.user_name,
  ]
}
