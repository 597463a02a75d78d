import type { ownPay as en } from "../en/own-pay";

export const ownPay: Record<keyof typeof en, string> = {
  "pay.soFar": "지금까지 {amount}",
  "pay.waiting": "검토 중 {amount}",
  "pay.own": "보수",
  "pay.own.state": "순위는 보내면 바로, 모범 답안은 검토자가 채택하면 계산돼요.",
  "pay.caption": "캠페인별 내 보수",
  "pay.rates": "단가",
  "pay.rates.each": "순위 하나에 {ranking}, 모범 답안 하나에 {demonstration}",
  "pay.accepted": "확정",
  "pay.counts": "순위 {rankings}건, 모범 답안 {demonstrations}건",
  "pay.inReview": "검토 중",
  "pay.waiting.count": "모범 답안 {count}건",
};
