import { turnRound } from "../services/round-training";
import { defineJob } from "./define-job";
import { fitPpo } from "./fit-policy";
import { fitReward } from "./fit-reward";

/** The shares of a round's training that its two runs take, roughly. */
const rewardPart = [0, 0.3] as const;
const ppoPart = [0.3, 1] as const;

/**
 * One turn of the circle: snapshot → reward model → PPO → next round, whose policy then answers. It stops at
 * a gate that does not let the round through, and is queued again when one does.
 */
export const trainRoundJob = defineJob({
  name: "train-round",
  run: ({ roundId }, job) =>
    turnRound(job, roundId, job.row.createdById, {
      fit: (run, name) => fitReward(job, run, { name, part: rewardPart }),
      practise: (run, name) => fitPpo(job, run, { name, part: ppoPart }),
      say: (message) => job.progress({ progress: 0, message }),
    }),
});
