/** Rankings that came in lately: how many in the last hour, and in the last day. */
export interface RecentWork {
  readonly lastHour: number;
  readonly lastDay: number;
}

/**
 * Hours until `missing` more have come in, at the pace of the last hour, or of the last day when
 * nobody worked in the last hour. Null when nothing came in: then nobody can tell.
 */
export function hoursLeft(missing: number, recent: RecentWork): number | null {
  if (missing <= 0) return 0;
  const perHour = recent.lastHour > 0 ? recent.lastHour : recent.lastDay / 24;
  return perHour > 0 ? missing / perHour : null;
}
