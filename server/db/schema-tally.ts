import type * as Ids from "../domain/ids";
import { index, integer, primaryKey, ref, table } from "./kit";
import { round, user } from "./schema";

/**
 * What a labeler was lent while a round collected, and what they ranked of it: counted in the transactions that lend and
 * take, so that nobody looks through all that somebody ever did to go on.
 */
export const tally = table(
  "tally",
  {
    labelerId: ref<Ids.UserId>(() => user.id),
    roundId: ref<Ids.RoundId>(() => round.id),
    /** Tasks lent, and how many of them as gold or drawn from the calibration pool. */
    served: integer(),
    gold: integer(),
    calibration: integer(),
    /** Rankings of the round, and how many of them take no place: gold and calibration. */
    ranked: integer(),
    beyond: integer(),
  },
  (t) => [primaryKey({ columns: [t.labelerId, t.roundId] }), index("tally_round").on(t.roundId)],
);
