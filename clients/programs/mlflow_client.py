"""Names the experiments that the tracking server knows."""

import mlflow

mlflow.set_tracking_uri("databricks")
print([experiment.name for experiment in mlflow.MlflowClient().search_experiments()])
