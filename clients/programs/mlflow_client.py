"""Names the experiments that the tracking server knows, a second apart for as long as it is told to."""

import sys
import time

import mlflow

mlflow.set_tracking_uri("databricks")
end = time.monotonic() + (int(sys.argv[1]) if len(sys.argv) > 1 else 0)
while True:
    print([experiment.name for experiment in mlflow.MlflowClient().search_experiments()])
    if time.monotonic() >= end:
        break
    time.sleep(1)
