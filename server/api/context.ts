import type { Actor, Services } from "../services/context";

/** What a procedure gets: the services, and who asks. */
export interface ApiContext extends Services {
  readonly actor: Actor | null;
}
