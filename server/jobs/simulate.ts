import { playLabelers } from "../services/simulation";
import { defineJob } from "./define-job";

/** Simulated labelers rank; goes on after a crash with what is still missing. */
export const simulateJob = defineJob({
  name: "simulate",
  async run({ campaignId, rankings, noise }, job) {
    const about = { campaignId, rankings, noise, since: job.row.createdAt };
    const done = await playLabelers(job, about, async (done) => {
      await job.progress({ progress: done / rankings, message: `${done} of ${rankings} rankings` });
    });
    const short = done < rankings ? "; no task is left for them" : "";
    await job.progress({ message: `${done} of ${rankings} rankings${short}` });
  },
});
