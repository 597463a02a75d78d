import type { hold as en } from "../en/hold";

export const hold: Record<keyof typeof en, string> = {
  "keep.storage":
    "브라우저의 저장 공간이 가득 찼거나 꺼져 있어 이 기기에는 저장할 수 없어요. 계속하셔도 돼요. 작업은 서버에 1초마다 저장돼요. 서버가 응답하지 않는다는 안내가 보이면 이 페이지를 닫지 마세요.",
  "keep.offline.open":
    "서버가 응답하지 않고, 이 브라우저에도 저장할 수 없어요. 계속하셔도 되지만 이 페이지를 닫지 마세요. 서버가 응답하면 바로 보낼게요.",
  "keep.signedOut.open":
    "세션이 끝났고, 이 브라우저에도 저장할 수 없어요. 이 페이지를 닫지 말고 다른 탭에서 로그인해 주세요. 그러면 보낼게요.",
  "keep.forbidden":
    "지금 역할로는 이 작업을 할 수 없어요. 작업은 이 기기에 보관했다가 관리자가 다시 허용하면 보낼게요.",
  "keep.forbidden.open":
    "지금 역할로는 이 작업을 할 수 없고, 이 브라우저에도 저장할 수 없어요. 이 페이지를 닫지 마세요. 관리자가 다시 허용하면 보낼게요.",
  "enter.consent": "동의할 내용",
  "enter.consent.state":
    "이 캠페인의 동의 내용 버전 {version}이에요. 내용이 바뀔 때만 다시 여쭤봐요.",
  "enter.consent.decline": "동의하지 않고 할 일로 돌아가기",
  "demonstrate.other": "다른 브라우저에서도 이 답안을 쓰셨어요. 둘 다 읽고 하나를 골라 주세요.",
  "demonstrate.other.text": "다른 브라우저에서 쓴 답안",
  "demonstrate.other.keep": "여기 답안 유지하기",
  "demonstrate.other.take": "다른 답안 가져오기",
  "demonstrate.other.empty": "(비어 있음)",
  "demonstrate.ended": "다른 탭이나 브라우저에서 이미 보냈거나 건너뛴 답안이에요.",
  "demonstrate.ended.next": "다음 프롬프트",
  "demonstrate.unsaved": "저장 중 …",
};
