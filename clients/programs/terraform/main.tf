# Asks for the warehouses at once and after each of three waits: an apply that outlives two tokens. The provider asks once
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
  depends_on = [data.databricks_sql_warehouses.after_one]
  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

resource "terraform_data" "third" {
  depends_on = [data.databricks_sql_warehouses.after_two]
  provisioner "local-exec" {
    command = "sleep ${var.seconds}"
  }
}

data "databricks_current_user" "me" {}

data "databricks_sql_warehouses" "before" {}

data "databricks_sql_warehouses" "after_one" {
  depends_on = [terraform_data.first]
}

data "databricks_sql_warehouses" "after_two" {
  depends_on = [terraform_data.second]
}

data "databricks_sql_warehouses" "after_three" {
  depends_on = [terraform_data.third]
}

output "who" {
  value = data.databricks_current_user.me.user_name
}

output "warehouses" {
  value = concat(
    tolist(data.databricks_sql_warehouses.before.ids),
    tolist(data.databricks_sql_warehouses.after_one.ids),
    tolist(data.databricks_sql_warehouses.after_two.ids),
    tolist(data.databricks_sql_warehouses.after_three.ids),
  )
}
