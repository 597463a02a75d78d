import type { PromptId } from "../domain/ids";
import { ClusterWords, clusterNames } from "../domain/prompts/cluster-words";
import { clusterTexts, usualClusters } from "../domain/prompts/clusters";
import { featuresOf, type Sparse, weighByRarity } from "../domain/prompts/features";
import { seededUniform } from "../domain/sorter/random";
import { keepClusters, textsToCluster } from "../services/prompts-clusters";
import { defineJob } from "./define-job";

/** Sorts a campaign's prompts by what they are about. Begun again it gives the same: order and seed stay. */
export const clusterPromptsJob = defineJob({
  name: "cluster-prompts",
  async run(input, job) {
    const ids: PromptId[] = [];
    const vectors: Sparse[] = [];
    for await (const { id, text } of textsToCluster(job, input)) {
      ids.push(id);
      vectors.push(featuresOf(text));
      if (ids.length % 1000 === 0)
        await job.progress({ progress: 0, message: `${ids.length} prompts read` });
    }
    if (ids.length === 0) return;
    weighByRarity(vectors);
    const k = input.clusters ?? usualClusters(ids.length);
    const passes = clusterTexts(vectors, k, seededUniform(input.seed));
    let pass = passes.next();
    while (!pass.done) {
      await job.progress({
        progress: pass.value * 0.9,
        message: `${ids.length} prompts in ${k} clusters`,
      });
      pass = passes.next();
    }
    const of = pass.value;
    const clusterOf = new Map(ids.map((id, i) => [id, of[i]]));
    const words = new ClusterWords(k);
    for await (const { id, text } of textsToCluster(job, input)) {
      const cluster = clusterOf.get(id);
      if (cluster !== undefined) words.add(cluster, text);
    }
    const described = words.words();
    const names = clusterNames(described);
    const made = names
      .map((name, cluster) => ({
        name,
        words: described[cluster],
        promptIds: ids.filter((_, i) => of[i] === cluster),
      }))
      .filter(({ promptIds }) => promptIds.length > 0);
    await job.progress({ progress: 0.95 });
    await keepClusters(job, input, made);
  },
});
