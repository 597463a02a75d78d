/** Runs that measure what picking the best of n answers is worth, and the parts of a held-out report. */
export const bestOf = {
  "runs.kind.best-of-n": "Best of n",
  "runs.kindHelp.best-of-n":
    "Trains nothing: measures how much better the best of n answers is than one, by what rewards them.",
  "runs.campaignHelp.best-of-n": "Its prompts are what the policy answers.",
  "runs.startModelHelp.best-of-n": "The policy whose answers are sampled.",
  "runs.portions": "{step} of {count:# portion|# portions} of prompts",
  "bestOf.title": "The best of n answers",
  "bestOf.state":
    "{prompts:# prompt|# prompts} so far, {completions} answers each. The best of n is what a user would get who samples n answers and keeps the one scored highest.",
  "bestOf.says":
    "Keeping the best of {n} raises the mean score from {one} to {best}, at {kl} nats from the policy.",
  "bestOf.saysTruth": "Of these answers {best} are right, of single ones {one}.",
  "bestOf.gamed":
    "The score goes up while fewer answers are right: what rewards here cannot be trusted this far.",
  "bestOf.chart": "Score of the best of n, by its distance from the policy",
  "bestOf.chartNote":
    "KL = log n − (n − 1)/n. A policy that training moved is worth its price when it scores higher at the same KL.",
  "bestOf.kl": "KL, nats",
  "bestOf.n": "n",
  "bestOf.score": "Mean score",
  "bestOf.gain": "Over one",
  "bestOf.interval": "95 % interval",
  "bestOf.right": "Right",
  "bestOf.estimator":
    "By all draws of n from the answers there are, so that it has no noise of drawing; intervals are over prompts.",
  "bestOf.waiting": "Nothing is measured yet.",
  "rollouts.sft": "What it writes",
  "rollouts.sftState":
    "The same held-out prompts at each evaluation, answered by the likeliest tokens.",
  "rollouts.update": "Update",
  "report.part.nats": "{from} to {to} nats",
  "report.part.natsUp": "{from} nats and more",
  "report.part.percent": "{from} to {to} %",
  "report.part.longer": "longer preferred",
  "report.part.shorter": "shorter preferred",
};
