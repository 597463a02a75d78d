import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";

/** Where a member of an ensemble lies. @param member from 1 */
export const memberFolder = (folder: string, member: number): string =>
  path.join(folder, `member-${member}`);

/** The members' folders in order where a folder holds an ensemble, else the folder itself. */
export async function memberFolders(folder: string): Promise<string[]> {
  const isModel = existsSync(path.join(folder, "config.json"));
  if (isModel || !existsSync(memberFolder(folder, 1))) return [folder];
  const entries = await readdir(folder);
  const numbers = entries.flatMap(
    (name) => /^member-(\d+)$/.exec(name)?.slice(1).map(Number) ?? [],
  );
  return numbers.sort((a, b) => a - b).map((member) => memberFolder(folder, member));
}
