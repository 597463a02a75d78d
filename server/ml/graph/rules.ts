import type { Op } from "./op-types";
import { activationRules } from "./ops/activation";
import { attentionRules } from "./ops/attention";
import { elementwiseRules } from "./ops/elementwise";
import { gatherRules } from "./ops/gather";
import { matmulRules } from "./ops/matmul";
import { normaliseRules } from "./ops/normalise";
import { reduceRules } from "./ops/reduce";
import { shapeRules } from "./ops/shape";
import { softmaxRules } from "./ops/softmax";
import type { Rules } from "./rule";

/** Every operation's gradient. An operation without one does not compile. */
export const rules: Rules<Op> = {
  ...elementwiseRules,
  ...reduceRules,
  ...shapeRules,
  ...matmulRules,
  ...gatherRules,
  ...softmaxRules,
  ...normaliseRules,
  ...activationRules,
  ...attentionRules,
};
