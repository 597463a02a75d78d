import { roundOf } from "../services/answering";
import {
  beginImproving,
  closeRound,
  freezeRound,
  outputOf,
  ppoRun,
  rewardRun,
} from "../services/round-training";
import { defineJob } from "./define-job";
import { fitPpo } from "./fit-policy";
import { fitReward } from "./fit-reward";

/** The shares of a round's training that its two runs take, roughly. */
const rewardPart = [0, 0.3] as const;
const ppoPart = [0.3, 1] as const;

/**
 * One turn of the circle: snapshot → reward model → PPO → next round, whose policy then answers. Each part
 * finds what was done before a crash, and the round moves on in one write.
 */
export const trainRoundJob = defineJob({
  name: "train-round",
  async run({ roundId }, job) {
    const before = await roundOf(job, roundId);
    if (before.round.status === "done") return;
    await job.progress({ progress: 0, message: "The rankings so far are frozen into a snapshot" });
    await freezeRound(job, before.round, before.campaign);

    const { round, campaign } = await roundOf(job, roundId);
    const { createdById } = job.row;
    const fitting = await rewardRun(job, round, campaign, createdById);
    const rewardName = `${campaign.name} · reward ${round.number}`;
    const reward =
      (await outputOf(job, fitting)) ??
      (await fitReward(job, fitting, { name: rewardName, part: rewardPart }));
    await beginImproving(job, round, reward);

    const improving = await ppoRun(job, round, campaign, reward, createdById);
    const policyName = `${campaign.name} · policy ${round.number + 1}`;
    const policy =
      (await outputOf(job, improving)) ??
      (await fitPpo(job, improving, { name: policyName, part: ppoPart }));
    await closeRound(job, round, campaign, policy);
  },
});
