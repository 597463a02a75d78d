import { z } from "zod";
import {
  demonstrationWork,
  peopleCounts,
  peoplePage,
  played,
  rankingWork,
  type WorkOf,
} from "../db/queries/people";
import { type Actor, requireRole, type Services } from "./context";

export const peoplePerPage = 50;
/** Programs that play labelers are few. */
const playedShown = 50;

export const zListPeople = z.object({
  /** Part of a name or an e-mail address. */
  search: z.string().max(200).optional(),
  page: z.int().min(0).default(0),
});

/** One page of people with what they did, and those whom a program plays. */
export async function listPeople(
  { db }: Services,
  actor: Actor,
  { search, page }: z.output<typeof zListPeople> = { page: 0 },
) {
  requireRole(actor, "admin");
  const { people, admins, found } = await peopleCounts(db.read, search);
  const at = { search, offset: page * peoplePerPage, limit: peoplePerPage };
  const rows = await peoplePage(db.read, at);
  const programs = await played(db.read, playedShown);
  const withWork = await workOf(db.read, [...rows, ...programs]);
  return {
    people,
    admins,
    /** How many the search finds. */
    found,
    rows: rows.map(withWork),
    played: programs.map(withWork),
  };
}

type Person = Awaited<ReturnType<typeof peoplePage>>[number];

async function workOf(db: Services["db"]["read"], people: readonly Person[]) {
  const ids = people.map(({ id }) => id);
  const [rankings, demonstrations] = await Promise.all([
    rankingWork(db, ids),
    demonstrationWork(db, ids),
  ]);
  const ranked = byUser(rankings);
  const wrote = byUser(demonstrations);
  return (person: Person) => {
    const ranking = ranked.get(person.id);
    const demonstration = wrote.get(person.id);
    const last = Math.max(ranking?.last?.getTime() ?? 0, demonstration?.last?.getTime() ?? 0);
    return Object.assign(person, {
      rankings: ranking?.count ?? 0,
      demonstrations: demonstration?.count ?? 0,
      lastWork: last === 0 ? null : new Date(last),
    });
  };
}

const byUser = (rows: WorkOf[]) => new Map(rows.map((row) => [row.userId, row]));
