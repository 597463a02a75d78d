import type { Locale } from "../domain/locale";
import type { Actor, Services } from "../services/context";

/** What a procedure gets: the services, and who asks. */
export interface ApiContext extends Services {
  readonly actor: Actor | null;
  /** What refusals are written in; English unless said. */
  readonly locale?: Locale;
}
