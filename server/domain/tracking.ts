import { z } from "zod";
import { AppError } from "./app-error";

/**
 * The address of an MLflow server as it is written down and shown: its origin and path, without a slash at the end.
 * @throws AppError bad-input for what is none, or holds a password
 */
export function mlflowAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new AppError(
      "bad-input",
      `"${text}" is not the address of an MLflow server; give one such as http://localhost:5000.`,
    );
  if (url.username || url.password)
    throw new AppError(
      "bad-input",
      "the address of an MLflow server is written down and shown, so it must hold no password; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, where the training runs.",
    );
  return url.origin + url.pathname.replace(/\/+$/, "");
}

const zAddress = z.string().transform((text, context) => {
  try {
    return mlflowAddress(text.trim());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

/** What an experiment is called where nobody says. */
export const defaultExperiment = "revealed";

/** Where a run's measurements go beside the place where they are always kept. */
export const zTracking = z.object({
  /** As event files, which TensorBoard shows. */
  tensorboard: z.boolean(),
  mlflow: z.object({ url: zAddress, experiment: z.string().trim().min(1).max(250) }).nullable(),
});
export type Tracking = z.output<typeof zTracking>;
