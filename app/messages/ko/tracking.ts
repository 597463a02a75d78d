import type { tracking as english } from "../en/tracking";

export const tracking: Record<keyof typeof english, string> = {
  "tracking.title": "지표를 다른 곳에도 쓰기",
  "tracking.tensorboard": "TensorBoard 이벤트 파일",
  "tracking.tensorboardHelp":
    "이 설치의 데이터 안 tensorboard 폴더에, 학습마다 폴더 하나씩 만들어요.",
  "tracking.mlflow": "MLflow 서버",
  "tracking.mlflowHelp":
    "http://localhost:5000 같은 주소예요. 쓰지 않으려면 비워 두세요. 서버가 꺼져 있어도 학습은 멈추지 않아요.",
  "tracking.experiment": "MLflow 실험",
  "tracking.experimentHelp": "학습을 이 실험 아래에 넣어요. 없으면 새로 만들어요.",
  "tracking.badAddress": "http:// 또는 https://로 시작하고 비밀번호가 없는 주소를 넣어 주세요.",
  "tracking.shown": "다른 곳의 지표",
  "tracking.show": "보는 방법",
  "tracking.run": "그곳에서의 이름",
  "tracking.problem": "그곳에 쓰지 못한 지표가 있어요",
  "runs.noHeldout":
    "이 스냅샷에는 평가용으로 따로 둔 순위가 없어서, 처음 보는 프롬프트에서 사람과 얼마나 일치하는지 잴 수 없어요. 더 많은 프롬프트의 답변에 순위를 매긴 뒤 스냅샷을 새로 만들어 주세요.",
};
