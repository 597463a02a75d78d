import { demonstrationWork, everybody, rankingWork, type WorkOf } from "../db/queries/people";
import { type Actor, requireRole, type Services } from "./context";

/** Everybody with what they did: people first, then those whom a program plays. */
export async function listPeople({ db }: Services, actor: Actor) {
  requireRole(actor, "admin");
  const [people, rankings, demonstrations] = await Promise.all([
    everybody(db.read),
    rankingWork(db.read),
    demonstrationWork(db.read),
  ]);
  const ranked = byUser(rankings);
  const wrote = byUser(demonstrations);
  return people.map((person) => {
    const ranking = ranked.get(person.id);
    const demonstration = wrote.get(person.id);
    const last = Math.max(ranking?.last?.getTime() ?? 0, demonstration?.last?.getTime() ?? 0);
    return Object.assign(person, {
      rankings: ranking?.count ?? 0,
      demonstrations: demonstration?.count ?? 0,
      lastWork: last === 0 ? null : new Date(last),
    });
  });
}

const byUser = (rows: WorkOf[]) => new Map(rows.map((row) => [row.userId, row]));
