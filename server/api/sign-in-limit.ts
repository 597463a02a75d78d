const windowMs = 15 * 60 * 1000;
const maxFailures = 10;
const maxNames = 10_000;

const failures = new Map<string, { count: number; until: number }>();

/** Whether so many attempts failed for this name that it must wait; by name, since an address is easily forged. */
export function mustWait(name: string, now = Date.now()): boolean {
  const entry = failures.get(name);
  return entry !== undefined && entry.until > now && entry.count >= maxFailures;
}

export function recordAttempt(name: string, succeeded: boolean, now = Date.now()): void {
  const entry = failures.get(name);
  if (succeeded) {
    failures.delete(name);
  } else if (entry && entry.until > now) {
    entry.count++;
  } else {
    if (failures.size >= maxNames) failures.clear();
    failures.set(name, { count: 1, until: now + windowMs });
  }
}
