"""Names the experiments that the tracking server knows, a second apart for as long as it is told to."""

import sys

import mlflow
from again import again

mlflow.set_tracking_uri("databricks")
again(
    lambda: [experiment.name for experiment in mlflow.MlflowClient().search_experiments()],
    int(sys.argv[1]) if len(sys.argv) > 1 else 0,
)
