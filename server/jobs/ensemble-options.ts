import { z } from "zod";
import { option } from "../ml/rlhf/config";

/** What a reward run of the site is told besides its trainer's options. */
export const ensembleOptions = {
  members: option(
    z.int().min(1).max(9).default(1),
    "Reward models made in this run, from seeds of their own; how their scores become one is chosen where they reward",
    "1; 5 in Coste et al. 2023",
  ),
  folds: option(
    z.boolean().default(false),
    "Each member leaves out its own share of the prompts; otherwise only the seeds differ",
    "false, as in Coste et al. 2023",
  ),
};

export const zEnsemble = z.object(ensembleOptions);
