import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../domain/app-error";
import { type Actor, requireRole, type Services } from "./context";
import type { Folders } from "./folders";

/** What an operator puts beside the database for runs: programs that reward, and texts. */
const kinds = {
  programs: /\.[cm]?js$/,
  texts: /\.jsonl(\.gz)?$/,
} as const;
type DropIn = keyof typeof kinds;

const folderOf = ({ data }: Folders, kind: DropIn): string => path.join(data, kind);

/** The names of what was put there, in order, and where "there" is. */
export async function listDropIns({ folders }: Services, actor: Actor) {
  requireRole(actor, "researcher");
  const names = async (kind: DropIn) => {
    const all = await readdir(folderOf(folders, kind)).catch(() => []);
    return all.filter((name) => kinds[kind].test(name) && !name.startsWith(".")).sort();
  };
  return {
    programs: await names("programs"),
    texts: await names("texts"),
    folders: { programs: folderOf(folders, "programs"), texts: folderOf(folders, "texts") },
  };
}

/** @throws AppError not-found when it is not there any more */
export function dropInPath({ folders }: Pick<Services, "folders">, kind: DropIn, name: string) {
  const file = path.join(folderOf(folders, kind), path.basename(name));
  if (kinds[kind].test(name) && existsSync(file)) return file;
  throw new AppError(
    "not-found",
    `${name} is not in ${folderOf(folders, kind)}: put it there, or choose another.`,
  );
}

export type DropIns = Awaited<ReturnType<typeof listDropIns>>;
