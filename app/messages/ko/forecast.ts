import type { forecast as english } from "../en/forecast";

/** 라운드가 언제 끝나고 비용이 얼마인지. */
export const forecast: Record<keyof typeof english, string> = {
  "forecast.title": "예상",
  "forecast.finish": "끝나는 때",
  "forecast.full": "이 라운드의 순위 {wanted}개가 모두 모였어요.",
  "forecast.unknown": "순위 {left}개가 남았어요. 몇 개가 모이면 언제 끝날지 알 수 있어요.",
  "forecast.day": "{day} 무렵이에요. 순위 {left}개가 남았어요.",
  "forecast.range":
    "{day} 무렵이에요. 빠르면 {soonest}, 늦으면 {latest}이에요. 순위 {left}개가 남았어요.",
  "forecast.pace": "최근 속도로 계산했어요. {time} 동안 사람이 매긴 순위가 {count}개예요.",
  "forecast.costs": "비용",
  "forecast.noPay": "보수를 정하지 않았어요.",
  "forecast.noPay.time": "보수를 정하지 않았어요. 순위 하나에 평균 {time} 걸려요.",
  "forecast.setPay": "보수 정하기",
  "forecast.sum": "지금까지 {spent}, 남은 작업에 약 {remaining}, 모두 {all}이에요.",
  "forecast.perHour": "순위 하나에 평균 {time} 걸려요. 한 시간에 {sum}을 버는 셈이에요.",
};
