import type { door as english } from "../en/door";

export const door: Record<keyof typeof english, string> = {
  "signIn.unusable.unknown":
    "이런 링크는 없어요. 잘렸거나 잘못 적었을 수 있어요. 전체를 복사하거나 새 링크를 받아 주세요.",
  "signIn.unusable.used-up": "이미 다 쓴 링크예요. 보낸 사람에게 새 링크를 받아 주세요.",
  "signIn.unusable.expired": "기간이 지난 링크예요. 보낸 사람에게 새 링크를 받아 주세요.",
  "signIn.unusable.revoked": "취소된 링크예요. 보낸 사람에게 새 링크를 받아 주세요.",
  "signIn.join.state.campaign": "“{campaign}”에 {role}(으)로 초대받았어요. 계정을 만들어 주세요.",
  "signIn.accept": "{name} 님으로 수락하기",
  "signIn.accept.other":
    "이미 로그인되어 있어요. 다른 계정을 쓰려면 로그아웃한 뒤 링크를 다시 열어 주세요.",
  "sessions.title": "로그인한 곳",
  "sessions.state": "모르는 세션이 있다면 끝내고 비밀번호를 바꿔 주세요.",
  "sessions.table": "세션, 최근에 쓴 순서",
  "sessions.device": "브라우저",
  "sessions.method": "로그인 방법",
  "sessions.method.password": "비밀번호",
  "sessions.method.link": "일회용 링크",
  "sessions.method.crowd": "크라우드 마켓",
  "sessions.seen": "마지막 사용",
  "sessions.begun": "시작",
  "sessions.current": "지금 이 세션",
  "sessions.actions": "할 일",
  "sessions.end": "끝내기",
  "sessions.end.of": "{device} 세션 끝내기",
  "sessions.ended": "세션을 끝냈어요.",
  "sessions.endOthers": "나머지 모두 끝내기",
  "sessions.endedOthers": "세션 {count}개를 끝냈어요.",
  "sessions.unknownDevice": "알 수 없는 브라우저",
  "label.noRole.title": "아직 라벨링할 것이 없어요",
  "label.noRole.text":
    "아직 참여하는 캠페인이 없어요. 받은 링크를 열거나 관리자에게 추가해 달라고 해 주세요.",
  "signIn.provider": "{name}(으)로 계속하기",
  "signIn.ask.link": "비밀번호 없이 로그인하기",
  "signIn.ask.title": "로그인 링크",
  "signIn.ask.mail": "한 번 로그인할 수 있는 링크를 메일로 보내 드려요.",
  "signIn.ask.admin": "링크가 필요하다고 관리자에게 알려요. 관리자가 링크를 보내 드려요.",
  "signIn.ask.submit": "링크 요청하기",
  "signIn.ask.mailed":
    "이 주소로 만든 계정이 있다면 링크를 보냈어요. 15분 안에 한 번 쓸 수 있어요.",
  "signIn.ask.told":
    "이 주소로 만든 계정이 있다면 관리자에게 요청이 보여요. 관리자가 링크를 보내 드려요.",
  "signIn.ask.back": "이메일과 비밀번호로 돌아가기",
  "signIn.deleted": "개인 정보를 지우고 로그아웃했어요.",
  "signIn.refused.no-account":
    "그 계정과 이어진 계정이 여기 없어요. 관리자에게 초대를 받아 주세요. 여기 비밀번호가 있다면 먼저 로그인한 뒤 계정 페이지에서 연결해 주세요.",
  "signIn.refused.disabled": "사용이 중지된 계정이에요. 관리자에게 물어봐 주세요.",
  "signIn.refused.invitation":
    "다 썼거나 기간이 지났거나 취소된 초대예요. 보낸 사람에게 새 초대를 받아 주세요.",
  "signIn.refused.error": "로그인하지 못했어요. 다시 해 주세요.",
  "identities.title": "연결된 외부 계정",
  "identities.state": "비밀번호 없이 로그인할 수 있어요.",
  "identities.disconnect": "연결 끊기",
  "identities.disconnect.of": "{name} 연결 끊기",
  "identities.disconnected": "연결을 끊었어요. 이제 그 계정으로는 로그인되지 않아요.",
  "identities.taken": "그 계정은 여기 다른 사람과 연결되어 있어요.",
};
