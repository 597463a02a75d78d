import type { ownWork as english } from "../en/own-work";

export const ownWork: Record<keyof typeof english, string> = {
  "work.title": "내 기록",
  "work.state": "순위 {count}개, 모두 {time}.",
  "work.state.none": "아직 매긴 순위가 없어요.",
  "work.notices": "알림",
  "work.notice.new": "새 알림",
  "work.notice.over": "해결",
  "work.notice.read": "읽었어요",
  "work.notice.paused": "지금은 {campaign} 작업을 더 받지 않아요.",
  "work.notice.warned": "{campaign} 작업에 대한 알림이에요.",
  "work.notice.review": "검토자가 {campaign} 작업을 살펴보고 있어요. 계속 작업하셔도 돼요.",
  "work.notice.by": "{name} 님이 보냄",
  "work.notice.gold":
    "정답 순서를 아는 작업 {rankings}개 가운데 {value}가 기대와 같았어요. {threshold} 이상이어야 해요. 지침을 다시 읽어 주세요.",
  "work.notice.agreement":
    "다른 사람도 매긴 작업 {rankings}개에서 비교의 {value}가 그들과 같았어요. {threshold} 이상이어야 해요. 지침을 다시 읽어 주세요.",
  "work.notice.speed":
    "최근 작업 {rankings}개 가운데 {value}가 답변을 읽는 데 드는 시간보다 짧게 걸렸어요. 필요한 만큼 시간을 들여 주세요.",
  "work.notice.position":
    "최근 순위 {rankings}개에서 화면의 처음이나 마지막에 있던 답변이 우연보다 자주 이겼어요. 화면의 순서는 무작위라 아무 뜻이 없어요.",
  "work.notice.length":
    "다른 사람과 의견이 다를 때 대부분 답변의 길이를 따라갔어요(작업 {rankings}개). 길다고 더 낫지 않고, 짧다고 더 낫지도 않아요.",
  "work.notice.straight-lining":
    "최근 순위 {rankings}개 가운데 {value}가 화면의 순서를 따르거나 같은 패턴을 되풀이했어요. 답변을 읽는 사람에게는 거의 일어나지 않는 일이에요.",
  "work.notice.talk": "잘못된 알림이라고 생각하시면 초대한 사람에게 알려 주세요.",
  "work.campaigns": "캠페인별",
  "work.campaigns.caption": "캠페인별 내 순위",
  "work.campaign": "캠페인",
  "work.rankings": "순위",
  "work.time": "시간",
  "work.agreement": "다른 사람과의 일치",
  "work.agreement.usual": "이 캠페인 평균 {usual}",
  "work.gold": "정답을 아는 작업",
  "work.gold.of": "{tasks}개 중 {right}개",
  "work.notShown": "보여 주지 않음",
  "work.history": "지난 순위",
  "work.history.caption": "내 순위, 최신순",
  "work.history.prompt": "프롬프트",
  "work.history.ranks": "내 순위",
  "work.history.placed": "답변 {ranked}개, 순위 {ranks}개",
  "work.history.notRankable": "판단 불가 {count}개",
  "work.history.when": "보낸 때",
  "work.history.empty": "순위를 보내면 여기에 쌓여요.",
  "work.newer": "최근",
  "work.older": "이전",
  "work.languages": "읽을 수 있는 언어",
  "work.languages.help": "다른 언어의 프롬프트는 오지 않아요.",
  "work.languages.any": "모든 언어",
  "work.languages.saved": "저장했어요.",
  "work.noticeHere": "내 작업에 대한 알림이 {count}개 있어요.",
  "work.noticeHere.read": "읽기",

  "demonstrate.language": "{language} 문자",
  "demonstrate.language.other":
    "프롬프트는 {prompt} 문자, 답안은 {answer} 문자로 쓰여 있어요. 의도한 대로인지 확인해 주세요.",
  "demonstrate.templates": "예시 틀 넣기",
  "demonstrate.template.insert": "‘{name}’ 넣기",
  "demonstrate.similar.demonstration":
    "답안의 {share}가 다른 모범 답안과 글자 그대로 같아요. 자신의 말로 써 주세요.",
  "demonstrate.similar.model":
    "답안의 {share}가 모델이 낸 답변과 글자 그대로 같아요. 모범 답안은 사람이 직접 쓴 글이어야 해요.",
};
