import type { RunRow } from "../db/queries/run";
import type { Folders } from "./folders";

/** What a run is called in TensorBoard and MLflow. */
export const trackedName = ({ kind, id }: Pick<RunRow, "kind" | "id">): string => `${kind}-${id}`;

/** Where a run's measurements can be seen beside this site; null where nowhere. */
export function trackingShown(
  { tensorboard: folder }: Folders,
  run: Pick<RunRow, "kind" | "id" | "tracking">,
) {
  if (run.tracking === null) return null;
  const { tensorboard, mlflow, problem = null } = run.tracking;
  return { name: trackedName(run), tensorboard: tensorboard ? folder : null, mlflow, problem };
}
