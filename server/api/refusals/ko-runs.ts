/** Of models, snapshots, runs and jobs. */
export const runs: Record<string, string> = {
  "There is no such job: reload the page.": "그런 작업이 없어요. 새로고침해 주세요.",
  "{} is not in {}: put it there, or choose another.":
    "{2}에 {1}이(가) 없어요. 거기에 두거나 다른 것을 골라 주세요.",
  "This run does not exist; choose one from the list.": "없는 학습이에요. 목록에서 골라 주세요.",
  "This run has no report: only reward models have one.":
    "이 학습에는 보고서가 없어요. 보상 모델에만 있어요.",
  "This run has no snapshot yet; come back when it has begun.":
    "아직 스냅샷이 없어요. 학습이 시작되면 다시 와 주세요.",
  "The campaign of this run is unknown, so its data is too.":
    "이 학습의 캠페인을 알 수 없어서 데이터도 알 수 없어요.",
  "This run has no texts to download: see its command.":
    "내려받을 글이 없는 학습이에요. 명령을 확인해 주세요.",
  "This run is gone: start another.": "학습이 없어졌어요. 새로 시작해 주세요.",
  "This run has ended already: reload the page.": "이미 끝난 학습이에요. 새로고침해 주세요.",
  "The card of this snapshot is gone; make the snapshot again.":
    "스냅샷의 카드가 없어졌어요. 스냅샷을 다시 만들어 주세요.",
  "This model does not exist; choose one from the list.": "없는 모델이에요. 목록에서 골라 주세요.",
  "This model is not here any more: choose another.":
    "더는 없는 모델이에요. 다른 것을 골라 주세요.",
  "The model that this needs is not here any more: choose another.":
    "필요한 모델이 더는 없어요. 다른 것을 골라 주세요.",
  "A reward model is not here any more: choose another.":
    "보상 모델이 더는 없어요. 다른 것을 골라 주세요.",
  '"{}" is a policy model: choose a reward model.':
    "“{1}”은(는) 정책 모델이에요. 보상 모델을 골라 주세요.",
  '"{}" is a {} model: choose a {}.': "“{1}”은(는) {~2} 모델이에요. {~3} 모델을 골라 주세요.",
  gone: "없음",
  damaged: "손상됨",
  policy: "정책",
  reward: "보상",
  "policy model": "정책",
  "reward model": "보상",
  "The snapshot of the texts does not exist: choose another.":
    "글의 스냅샷이 없어요. 다른 것을 골라 주세요.",
  "The campaign of the texts does not exist: choose another.":
    "글의 캠페인이 없어요. 다른 것을 골라 주세요.",
  'The header "{}" of {} has no value: give one, or take the header out.':
    "{2}의 헤더 “{1}”에 값이 없어요. 값을 적거나 헤더를 빼 주세요.",
  "This snapshot does not exist: choose another.": "없는 스냅샷이에요. 다른 것을 골라 주세요.",
  "This snapshot does not exist; choose one from the list.":
    "없는 스냅샷이에요. 목록에서 골라 주세요.",
  "Only PPO mixes pretraining text in: leave it out of {}.":
    "사전 학습 글을 섞는 것은 PPO뿐이에요. {1}에서는 빼 주세요.",
  "The disk that holds {} is full, so the snapshot was not made and nothing was changed; free some space and make it again.":
    "{1}이(가) 있는 디스크가 가득 차서 스냅샷을 만들지 못했고 바뀐 것은 없어요. 공간을 비우고 다시 만들어 주세요.",
  "The file of this snapshot ({}) is {}; put it back from a backup, or make a new snapshot.":
    "스냅샷 파일({1}) 상태: {~2}. 백업에서 되돌리거나 새로 만들어 주세요.",
  'Campaign "{}" has no ranking yet, so there is nothing to freeze; open it for labelers, and make the snapshot when they have ranked.':
    "캠페인 “{1}”에 아직 순위가 없어요. 라벨러에게 열고, 순위가 생기면 스냅샷을 만들어 주세요.",
  'Campaign "{}" has no ranking by a person yet ({} by simulated labelers were left out); include the simulated ones, or wait for people\'s.':
    "캠페인 “{1}”에 사람이 매긴 순위가 아직 없어요(시뮬레이션 {2}개는 뺐어요). 시뮬레이션을 포함하거나 사람의 순위를 기다려 주세요.",
  "Nothing rewards this run any more: start another.":
    "이 학습에 보상을 주는 것이 더는 없어요. 새로 시작해 주세요.",
  '"{}" has another tokenizer than "{}": members of an ensemble must read the same token ids; choose models of one family.':
    "“{1}”과(와) “{2}”의 토크나이저가 달라요. 앙상블은 같은 토큰 번호를 읽어야 하니 같은 계열의 모델을 골라 주세요.",
  '"{}" is no address of an endpoint; give one such as http://localhost:8000/rewards, and who asks as a header.':
    "“{1}”은(는) 엔드포인트 주소가 아니에요. http://localhost:8000/rewards 같은 주소를 적고, 인증은 헤더로 넣어 주세요.",
  '"{}" is not the address of an MLflow server; give one such as http://localhost:5000.':
    "“{1}”은(는) MLflow 서버 주소가 아니에요. http://localhost:5000 같은 주소를 적어 주세요.",
  "the address of an MLflow server is written down and shown, so it must hold no password; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, where the training runs.":
    "MLflow 주소는 기록되고 화면에 나오므로 비밀번호를 넣을 수 없어요. 학습하는 곳에 MLFLOW_TRACKING_USERNAME과 MLFLOW_TRACKING_PASSWORD, 또는 MLFLOW_TRACKING_TOKEN을 정해 주세요.",
  "a weight of 0 rewards nothing: leave the source out":
    "가중치가 0이면 보상이 없어요. 그 출처를 빼 주세요.",
  "a weight is a number: give one": "가중치는 숫자예요. 적어 주세요.",
  "a header's name has no blank and no colon": "헤더 이름에는 빈칸과 쌍점을 쓸 수 없어요.",
  "a header's value is one line": "헤더 값은 한 줄이에요.",
};
