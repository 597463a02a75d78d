import type { MessageKey } from "@/app/lib/i18n/catalogue";
import type { Values } from "@/app/lib/i18n/format";
import type { OptionValue, TrainingOption } from "@/server/domain/training-options";

/** What is wrong with a value, and what to do, as a message. */
export interface OptionProblem {
  readonly key: MessageKey;
  readonly values?: Values;
}

/**
 * What keeps a run from starting, by option.
 * @param config what differs from the options' defaults
 */
export function problemsOf(
  options: readonly TrainingOption[],
  config: Readonly<Record<string, OptionValue>>,
): Map<string, OptionProblem> {
  const values = new Map(
    options.map(({ name, default: taken }) => [name, name in config ? config[name] : taken]),
  );
  const problems = new Map<string, OptionProblem>();
  for (const option of options) {
    const problem = problemOf(option, values.get(option.name) ?? null);
    if (problem) problems.set(option.name, problem);
  }
  const told = Object.keys(config).some((name) => name.startsWith("lora") && name !== "loraRank");
  if (told && values.get("loraRank") === null)
    problems.set("loraRank", { key: "runs.problem.rank" });
  const [batch, group] = [values.get("batchSize"), values.get("generations")];
  if (typeof batch === "number" && typeof group === "number" && batch % group !== 0)
    problems.set("batchSize", { key: "runs.problem.groups", values: { group } });
  const minibatches = values.get("minibatches");
  if (typeof batch === "number" && typeof minibatches === "number" && batch < minibatches)
    problems.set("minibatches", { key: "runs.problem.minibatches", values: { batch } });
  return problems;
}

function problemOf(option: TrainingOption, value: OptionValue): OptionProblem | null {
  if (value === null && !option.nullable) return { key: "field.required" };
  if (typeof value !== "number") return null;
  if (option.type === "integer" && !Number.isInteger(value)) return { key: "runs.wholeNumber" };
  const { minimum = -Infinity, maximum = Infinity } = option;
  if (value < minimum) return { key: "runs.atLeast", values: { minimum } };
  return value > maximum ? { key: "runs.atMost", values: { maximum } } : null;
}
