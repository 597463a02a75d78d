import type { Sql } from "../db/client";
import { findRound, setRound, type RoundRow } from "../db/queries/run";
import type { RoundId } from "../domain/ids";
import { moved, type RoundEvent } from "../domain/rounds/machine";

/**
 * The one way to change how far a round is. @returns the round as it is then; null when the event does not
 * happen to it: somebody else was first, or it is elsewhere by now
 */
export async function moveRound(tx: Sql, id: RoundId, event: RoundEvent): Promise<RoundRow | null> {
  const round = await findRound(tx, id);
  const change = round && moved(round, event);
  if (!change) return null;
  await setRound(tx, id, change);
  return { ...round, ...change };
}
