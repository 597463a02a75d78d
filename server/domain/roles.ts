import { z } from "zod";

export const roles = ["labeler", "researcher", "admin"] as const;
export const zRole = z.enum(roles);
/** What a person may do: a labeler labels, a researcher reads all and trains, an admin does everything. */
export type Role = z.infer<typeof zRole>;

/** The roles whose holders may do what `role` may. */
const holders: Record<Role, readonly Role[]> = {
  labeler: ["labeler", "admin"],
  researcher: ["researcher", "admin"],
  admin: ["admin"],
};

/** Whether somebody with the role `actual` may do what is meant for `wanted`. */
export const mayActAs = (actual: Role, wanted: Role): boolean => holders[wanted].includes(actual);
