/** Where a run's measurements go beside this site. */
export const tracking = {
  "tracking.title": "Write the metrics elsewhere too",
  "tracking.tensorboard": "TensorBoard event files",
  "tracking.tensorboardHelp": "In the folder tensorboard of this install's data, one folder a run.",
  "tracking.mlflow": "MLflow server",
  "tracking.mlflowHelp":
    "Its address, e.g. http://localhost:5000; leave it empty for none. A server that is away does not stop the training.",
  "tracking.experiment": "MLflow experiment",
  "tracking.experimentHelp": "The run is filed under it; it is made where it does not exist.",
  "tracking.badAddress":
    "Give an address that begins with http:// or https:// and holds no password.",
  "tracking.shown": "Metrics elsewhere",
  "tracking.show": "Shown by",
  "tracking.run": "Its name there",
  "tracking.problem": "Not all metrics were written there",
  "runs.noHeldout":
    "Its snapshot holds no held-out rankings, so how often it agrees with people on prompts that it has not seen cannot be measured. Rank answers to more prompts, then freeze another snapshot.",
} as const;
