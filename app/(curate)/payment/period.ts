/** "2026-03-01" of a moment, in the reader's own zone: what a date field holds. */
export const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0"))
    .join("-");

export const nextDay = (date: Date): Date =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);

/** From the beginning of the first day to the end of the last, both included; null when that is no period. */
export function periodOf(first: string, last: string): { since: Date; until: Date } | null {
  const since = new Date(`${first}T00:00:00`);
  const until = nextDay(new Date(`${last}T00:00:00`));
  const real = !Number.isNaN(since.getTime()) && !Number.isNaN(until.getTime());
  return real && since < until ? { since, until } : null;
}
