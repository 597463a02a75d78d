import { AppError } from "../domain/app-error";
import { listProviders } from "../ml/runtime/session";

/**
 * What computes. "auto" is the processor: the only provider whose numbers are the same on every
 * machine, and the fastest for the small models that train on one.
 * @throws AppError bad-input where the provider asked for is not in this build
 */
export function chooseProvider(asked: string): string {
  if (asked === "auto") return "cpu";
  const usable = listProviders();
  if (usable.includes(asked)) return asked;
  throw new AppError(
    "bad-input",
    `--ep ${asked} is not in this build of ONNX Runtime; it has ${usable.join(", ")}.`,
  );
}
