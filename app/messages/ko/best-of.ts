/** n개 가운데 가장 좋은 답을 고르는 값어치를 재는 실행과, 보고서의 부분 이름. */
export const bestOf = {
  "runs.kind.best-of-n": "Best of n",
  "runs.kindHelp.best-of-n":
    "아무것도 학습하지 않아요. n개 가운데 가장 좋은 답이 하나보다 얼마나 나은지 보상으로 재요.",
  "runs.campaignHelp.best-of-n": "정책이 이 캠페인의 프롬프트에 답해요.",
  "runs.startModelHelp.best-of-n": "답을 뽑을 정책이에요.",
  "runs.portions": "프롬프트 묶음 {count}개 중 {step}개",
  "bestOf.title": "n개 가운데 가장 좋은 답",
  "bestOf.state":
    "지금까지 프롬프트 {prompts}개, 답변 {completions}개씩이에요. 답을 n개 뽑아 점수가 가장 높은 것을 쓰는 사람이 얻는 값이에요.",
  "bestOf.says":
    "{n}개 가운데 가장 좋은 답을 쓰면 평균 점수가 {one}에서 {best}로 올라요. 정책에서 {kl} nats 떨어져 있어요.",
  "bestOf.saysTruth": "이 답 가운데 {best}가 맞고, 하나만 뽑으면 {one}가 맞아요.",
  "bestOf.gamed": "점수는 오르는데 맞는 답은 줄어요. 이만큼은 이 보상을 믿을 수 없어요.",
  "bestOf.chart": "정책에서의 거리에 따른 best of n의 점수",
  "bestOf.chartNote":
    "KL = log n − (n − 1)/n. 같은 KL에서 점수가 더 높아야 학습한 정책이 값어치를 해요.",
  "bestOf.kl": "KL, nats",
  "bestOf.n": "n",
  "bestOf.score": "평균 점수",
  "bestOf.gain": "하나와의 차이",
  "bestOf.interval": "95 % 구간",
  "bestOf.right": "맞음",
  "bestOf.estimator":
    "있는 답에서 n개를 뽑는 모든 경우로 계산해 뽑기의 잡음이 없어요. 구간은 프롬프트에 대한 것이에요.",
  "bestOf.waiting": "아직 잰 것이 없어요.",
  "rollouts.sft": "모델이 쓰는 글",
  "rollouts.sftState": "평가할 때마다 같은 검증용 프롬프트에 가장 그럴듯한 토큰으로 답해요.",
  "rollouts.update": "업데이트",
  "report.part.nats": "{from}~{to} nats",
  "report.part.natsUp": "{from} nats 이상",
  "report.part.percent": "{from}~{to} %",
  "report.part.longer": "긴 답을 선호",
  "report.part.shorter": "짧은 답을 선호",
};
