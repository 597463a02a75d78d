import type { mturk as en } from "../en/mturk";

export const mturk: Record<keyof typeof en, string> = {
  "mturk.preview": "작업은 새 탭에서 열려요. 거기서 마치면 이 페이지로 돌아와 제출하세요.",
  "mturk.open": "새 탭에서 작업 열기",
  "mturk.open.why":
    "작업을 열어 주세요. 이 프레임 안에서는 브라우저가 로그인을 기억하지 못해 새 탭이 필요해요. 이 페이지는 닫지 마세요.",
  "mturk.code.what":
    "작업을 마치면 완료 코드가 여기에 저절로 채워져요. 채워지지 않으면 다른 탭에서 복사한 뒤 제출해 주세요.",
  "mturk.code": "완료 코드",
  "mturk.code.missing": "코드가 없어요. 작업을 마치면 다른 탭에 보여요.",
  "mturk.submit": "HIT 제출하기",
  "mturk.noHost":
    "링크에 제출을 받을 Mechanical Turk 주소가 없어요. HIT를 다시 수락해 보고, 그래도 같으면 연구를 맡은 사람에게 알려 주세요.",
  "mturk.handed":
    "Mechanical Turk 탭으로 돌아가세요. 코드가 채워져 있으니 거기서 HIT를 제출하면 돼요.",
};
