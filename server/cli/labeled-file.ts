import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { AppError } from "../domain/app-error";
import type { LabelerOrder } from "../domain/agreement/agreement";
import { rankingOfPairs } from "../domain/agreement/merge-pairs";
import { type LabeledRanking, labeledRankings } from "../domain/formats/labeled";
import { linesOf, rowsOf } from "../domain/formats/lines";
import { badRow, type JsonObject, type Where } from "../domain/formats/row";
import type { Text } from "../domain/formats/text";
import { bytesOf } from "./files";
import type { Output } from "./output";

/** What all labelers of a file think of one prompt. */
export interface LabeledPrompt {
  readonly prompt: Text;
  /** value of the field that the file is split by; "" where it is not */
  readonly group: string;
  /** what each item is called */
  readonly ids: readonly string[];
  readonly orders: readonly LabelerOrder[];
}

export interface LabeledFile {
  readonly prompts: readonly LabeledPrompt[];
  /** who is named in it */
  readonly labelers: readonly string[];
  /** rankings that name nobody: each is taken for the only one of its labeler */
  readonly anonymous: number;
  readonly rankings: number;
  /** rows of a format whose published figures count pairs as listed */
  readonly listed: boolean;
}

export interface Selection {
  /** field whose values split the file */
  readonly by?: string;
  /** FIELD=VALUE that rows must have */
  readonly only?: string;
}

/** A ranking without a labeler's name gets one that no person can have. */
const ANONYMOUS = "\u0000";

export function isAnonymous(labeler: string): boolean {
  return labeler.startsWith(ANONYMOUS);
}

/** Rankings of a file, put together by prompt. Memory grows with the rankings, not the texts. */
export async function readLabeled(
  file: string,
  selection: Selection,
  output: Output,
): Promise<LabeledFile> {
  const size = (await stat(file).catch(() => null))?.size ?? 0;
  const prompts = new Map<string, Collected>();
  const labelers = new Set<string>();
  let [rankings, anonymous, listed, shown] = [0, 0, false, 0];
  const read = (object: JsonObject, where: Where) => {
    const group = selected(object, where, selection);
    return group === null
      ? []
      : labeledRankings(object, where).map((ranking) => ({ ranking, group }));
  };
  const bytes = bytesOf(file, (done) => {
    // a bar is for files that take a while
    if (done - shown < 4 << 20) return;
    shown = done;
    output.progress(Math.min(done, size), size, { rankings });
  });
  for await (const row of rowsOf(linesOf(bytes, file), file, read)) {
    for (const { ranking, group } of row) {
      rankings += 1;
      if (ranking.listed) listed = true;
      if (ranking.labeler === null && ranking.rankingId === null) anonymous += 1;
      if (ranking.labeler !== null) labelers.add(ranking.labeler);
      const key = short(`${group}\n${ranking.prompt}`);
      const prompt = prompts.get(key) ?? new Collected(ranking.promptText, group);
      prompts.set(key, prompt);
      prompt.add(ranking, `${ANONYMOUS}${rankings}`);
    }
  }
  if (rankings === 0) {
    throw new AppError("bad-input", `${file}: no row has ${selection.only}; give another value.`);
  }
  return {
    prompts: [...prompts.values()].map((prompt) => prompt.finish()),
    labelers: [...labelers],
    anonymous,
    rankings,
    listed,
  };
}

/** The value a row is grouped by; null where it is not wanted. */
function selected(object: JsonObject, where: Where, { by, only }: Selection): string | null {
  const valueOf = (field: string) => {
    const value = object[field];
    if (typeof value === "string" || typeof value === "number") return String(value);
    throw badRow(
      where,
      `field "${field}" is ${value === undefined ? "missing" : "neither text nor a number"} (the row has ${Object.keys(object).join(", ")})`,
      "name a field that every row has",
    );
  };
  if (only !== undefined) {
    const at = only.indexOf("=");
    if (at < 1) {
      throw new AppError("bad-input", `--only ${only}: write FIELD=VALUE, such as lang=ko.`);
    }
    if (valueOf(only.slice(0, at)) !== only.slice(at + 1)) return null;
  }
  return by === undefined ? "" : valueOf(by);
}

class Collected {
  private readonly items = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly orders: LabelerOrder[] = [];
  private readonly pairs = new Map<string, { labeler: string; pairs: [number, number][] }>();

  constructor(
    private readonly prompt: Text,
    private readonly group: string,
  ) {}

  /** @param nobody stands for the labeler where the ranking names none */
  add(ranking: LabeledRanking, nobody: string): void {
    const shown = ranking.completions.map(({ key, id }) => this.item(short(key), id));
    const groups = ranking.groups.map((group) => group.map((i) => shown[i]));
    const { rankingId } = ranking;
    if (rankingId === null) {
      this.orders.push({ labeler: ranking.labeler ?? nobody, groups, shown });
      return;
    }
    const labeler = ranking.labeler ?? `${ANONYMOUS}ranking ${rankingId}`;
    const key = `${labeler}\n${rankingId}`;
    const found = this.pairs.get(key) ?? { labeler, pairs: [] };
    this.pairs.set(key, found);
    found.pairs.push([shown[0], shown[1]]);
  }

  finish(): LabeledPrompt {
    for (const { labeler, pairs } of this.pairs.values()) {
      const groups = rankingOfPairs(pairs);
      const orders = groups === null ? pairs.map(([a, b]) => [[a], [b]]) : [groups];
      for (const order of orders) {
        this.orders.push({ labeler, groups: order, shown: order.flat() });
      }
    }
    return { prompt: this.prompt, group: this.group, ids: this.ids, orders: this.orders };
  }

  private item(key: string, id: string): number {
    const found = this.items.get(key);
    if (found !== undefined) return found;
    const number = this.items.size;
    this.items.set(key, number);
    // an id that is drawn anew for each labeler may come again with another text
    this.ids.push(this.ids.includes(id) ? `${id} (${number + 1})` : id);
    return number;
  }
}

/** Long texts by their hash: they are only compared. */
function short(key: string): string {
  return key.length <= 64 ? key : createHash("sha256").update(key).digest("base64");
}
