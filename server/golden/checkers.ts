import type { JsonChecker } from "./checker";
import { formatsChecker, trlChecker } from "./datasets";
import { dpoChecker } from "./dpo";
import { dpoStepChecker } from "./dpo-step";
import { loraChecker } from "./lora";
import { modelChecker } from "./models";
import { adamChecker, runChecker } from "./optim";
import { scheduleChecker } from "./optim-formulas";
import { ppoFormulasChecker } from "./ppo-formulas";
import { groupChecker } from "./ppo-group";
import { ppoLossesChecker, rolloutChecker } from "./ppo-losses";
import { ppoStepChecker } from "./ppo-steps";
import {
  calibrationChecker,
  ensembleChecker,
  kwiseChecker,
  pairwiseChecker,
} from "./reward-formulas";
import { rewardModelChecker } from "./reward-models";
import { tiesChecker } from "./reward-ties";
import { samplingChecker } from "./sampling";
import { aggregationChecker } from "./stats-aggregation";
import { agreementChecker } from "./stats-agreement";
import { intervalsChecker } from "./stats-intervals";
import { preferenceModelsChecker } from "./stats-models";
import { templateChecker, tokenizerChecker } from "./text";

/** Every kind of vectors there is a check for; the first that knows a file's shape takes it. */
export const checkers: readonly JsonChecker[] = [
  modelChecker,
  loraChecker,
  rewardModelChecker,
  kwiseChecker,
  pairwiseChecker,
  calibrationChecker,
  ensembleChecker,
  tiesChecker,
  scheduleChecker,
  adamChecker,
  runChecker,
  ppoFormulasChecker,
  ppoLossesChecker,
  rolloutChecker,
  groupChecker,
  dpoChecker,
  dpoStepChecker,
  ppoStepChecker,
  samplingChecker,
  formatsChecker,
  trlChecker,
  tokenizerChecker,
  templateChecker,
  agreementChecker,
  preferenceModelsChecker,
  aggregationChecker,
  intervalsChecker,
];
