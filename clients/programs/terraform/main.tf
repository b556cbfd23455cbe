# Asks for the warehouses at once and after each of two waits: an apply that outlives two tokens. The provider asks once
# who is logged in, and keeps the answer.
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
  depends_on = [data.databricks_sql_warehouses.between]
  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

data "databricks_current_user" "me" {}

data "databricks_sql_warehouses" "before" {}

data "databricks_sql_warehouses" "between" {
  depends_on = [terraform_data.first]
}

data "databricks_sql_warehouses" "after" {
  depends_on = [terraform_data.second]
}

output "who" {
  value = data.databricks_current_user.me.user_name
}

output "warehouses" {
  value = concat(
    tolist(data.databricks_sql_warehouses.before.ids),
    tolist(data.databricks_sql_warehouses.between.ids),
    tolist(data.databricks_sql_warehouses.after.ids),
  )
}
