import type { ModelSummary } from "@/server/services/models-view";
import { type Branch, familyOf } from "./family";

/** A model in the drawing: generations are columns from 0, and each line of descent has a row. */
export interface Placed {
  readonly model: ModelSummary;
  readonly column: number;
  readonly row: number;
}

/** A line of the drawing, from the model that was given to the one that came of it. */
export interface Edge {
  readonly from: Placed;
  readonly to: Placed;
  /** What the run started from, or the reward model that it practised for. */
  readonly role: "parent" | "reward";
}

export interface TreeLayout {
  readonly placed: readonly Placed[];
  readonly edges: readonly Edge[];
  readonly columns: number;
  readonly rows: number;
}

/** The last generations of policies go on in their parent's row; what else was made stands below. */
const straightFirst = (branches: readonly Branch[]): Branch[] =>
  branches.toSorted((a, b) => Number(a.model.kind === "reward") - Number(b.model.kind === "reward"));

/** Where each model of a family stands, and the lines between them. */
export function layoutOf(models: readonly ModelSummary[]): TreeLayout {
  const placed: Placed[] = [];
  const edges: Edge[] = [];
  let rows = 0;
  const place = (branch: Branch, column: number, row: number): Placed => {
    const here = { model: branch.model, column, row };
    placed.push(here);
    straightFirst(branch.children).forEach((child, i) => {
      const to = place(child, column + 1, i === 0 ? row : rows++);
      edges.push({ from: here, to, role: "parent" });
    });
    return here;
  };
  for (const root of familyOf(models)) place(root, 0, rows++);
  const byId = new Map(placed.map((one) => [one.model.id, one]));
  for (const to of placed) {
    for (const id of to.model.rewardModelIds) {
      const from = byId.get(id);
      if (from && from !== to) edges.push({ from, to, role: "reward" });
    }
  }
  const columns = Math.max(0, ...placed.map((one) => one.column + 1));
  return { placed, edges, columns, rows };
}
