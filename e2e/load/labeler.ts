import { setTimeout as sleep } from "node:timers/promises";
import type { TRPCClient } from "@trpc/client";
import type { AppRouter } from "../../server/api/root";
import type { RankingDraft } from "../../server/domain/assignment";
import type { AssignmentId, CampaignId, UserId } from "../../server/domain/ids";
import type { Letter } from "../../server/domain/ranking";
import type { LabelerTask } from "../../server/services/labeling";
import { clientOf, isFinal, type Meter } from "./calls";

/** As in the browser (use-draft-sync.ts, use-outbox.ts, providers.tsx), in milliseconds. */
const saveAfter = 1000;
const saveAgainAfter = 3000;
const submitAgainAfter = 5000;
const askAgainAfter = [1000, 2000, 10_000];

/** A ranking that the server said it has. */
export interface Acknowledged {
  readonly assignmentId: AssignmentId;
  readonly labelerId: UserId;
  readonly outcome: "accepted" | "late";
  /** Tie groups of the letters, as they were sent. */
  readonly groups: readonly (readonly Letter[])[];
}

/** What is remembered of all labelers, to be held against the database. */
export interface Ledger {
  readonly acknowledged: Acknowledged[];
  /** Drafts that the server had taken and did not give back to the labeler's next browser. */
  lostDrafts: number;
  deaths: number;
}

export interface LabelerSetting {
  readonly address: string;
  readonly cookie: string;
  readonly labelerId: UserId;
  readonly campaignId: CampaignId;
  readonly random: () => number;
  /** Seconds of thought on a task, at least and at most. */
  readonly think: readonly [number, number];
  /** Share of tasks in whose midst the browser dies. */
  readonly dying: number;
  readonly meter: Meter;
  readonly ledger: Ledger;
  readonly isOver: () => boolean;
}

/** A finished ranking on its way to the server. */
interface Parcel {
  readonly assignmentId: AssignmentId;
  readonly groups: Letter[][];
}

/** Ranks until it is over; whenever the browser dies, its owner opens another and goes on. */
export async function labels(setting: LabelerSetting): Promise<void> {
  let known: { assignmentId: AssignmentId; version: number } | null = null;
  const kept: Parcel[] = []; // in the browser's storage, which outlives it
  while (!setting.isOver()) {
    const browser = new Browser(setting, kept);
    known = await browser.work(known);
    if (setting.isOver()) return;
    setting.ledger.deaths++;
    await sleep(1000 + setting.random() * 2000);
  }
}

class Browser {
  private readonly death = new AbortController();
  private readonly client: TRPCClient<AppRouter>;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly setting: LabelerSetting,
    private readonly outbox: Parcel[],
  ) {
    this.client = clientOf(setting.address, setting.cookie, this.death.signal);
  }

  /**
   * @param known the draft that the server took from the browser before this one
   * @returns the draft that the server has of the task in whose midst this one died; null when it is over
   */
  async work(known: { assignmentId: AssignmentId; version: number } | null) {
    const { setting } = this;
    await this.load();
    await this.send();
    let task = await this.next([]);
    // of the two tasks that it held, the one begun first comes first
    if (known && task?.assignmentId === known.assignmentId)
      if ((task.draft?.version ?? 0) < known.version) setting.ledger.lostDrafts++;
    while (!setting.isOver()) {
      if (!task) {
        await this.pause(askAgainAfter[2]);
        task = await this.next([]);
        continue;
      }
      const { assignmentId }: LabelerTask = task;
      // fetched ahead while this one is read, once the server knows what is done
      const ahead = this.sent().then(() => this.next([assignmentId]));
      ahead.catch(() => {}); // awaited below, unless the browser dies before
      const done = await this.rank(task);
      if (!done.groups) {
        await Promise.allSettled([ahead, this.sending]);
        return { assignmentId, version: done.saved };
      }
      this.outbox.push({ assignmentId, groups: done.groups });
      void this.send().catch(() => {});
      task = await ahead;
    }
    await this.sent();
    this.death.abort(); // the window is closed: nothing is tried again
    return null;
  }

  /** The page as the server draws it; its scripts are files, which any server of files can give. */
  private async load(): Promise<void> {
    const { address, cookie, campaignId, meter } = this.setting;
    const url = `${address}/label/rank?campaign=${campaignId}`;
    await this.untilAnswered([1000], () =>
      meter.time("page", async () => {
        const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
        const text = await answer.text();
        if (answer.status !== 200)
          throw new Error(`the page answered ${answer.status}: ${text.slice(0, 200)}`);
      }),
    );
  }

  private next(besides: AssignmentId[]): Promise<LabelerTask | null> {
    const { campaignId, meter } = this.setting;
    return this.untilAnswered(askAgainAfter, () =>
      meter.time("next", () => this.client.labeling.next.mutate({ campaignId, besides })),
    );
  }

  private async progress(): Promise<void> {
    await this.setting.meter
      .time("progress", () =>
        // as the page: two questions in one batch
        Promise.all([this.client.labeling.progress.query(), this.client.work.pay.query()]),
      )
      .catch(() => {});
  }

  /** Reads, places one completion after the other, and keeps the draft as the page does. */
  private async rank(task: LabelerTask): Promise<{ groups: Letter[][] | null; saved: number }> {
    const { random, think, dying, meter } = this.setting;
    const { assignmentId } = task;
    const whole = 1000 * (think[0] + random() * (think[1] - think[0]));
    const letters = task.completions.map(({ letter }) => letter);
    const dies = random() < dying ? Math.floor(random() * letters.length) : -1;
    const draft: RankingDraft = task.draft ?? {
      version: 0,
      ranks: {},
      notRankable: [],
      noneAcceptable: false,
      comment: "",
      seconds: 0,
    };
    let saved = draft.version;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const save = async () => {
      timer = undefined;
      const version = draft.version;
      try {
        const input = { assignmentId, draft: structuredClone(draft) };
        await meter.time("draft", () => this.client.labeling.saveDraft.mutate(input));
        saved = Math.max(saved, version);
        if (draft.version > saved) timer ??= setTimeout(() => void save(), saveAfter);
      } catch (error) {
        if (isFinal(error) || this.death.signal.aborted) return;
        timer ??= setTimeout(() => void save(), saveAgainAfter);
      }
    };
    // somebody looks at another window and comes back: the page renews the lease
    if (random() < 0.2)
      void meter
        .time("renew", () => this.client.labeling.renew.mutate({ assignmentId, version: saved }))
        .catch(() => {});
    await this.pause(whole / 2);
    for (const [i, letter] of letters.entries()) {
      if (i === dies) {
        clearTimeout(timer);
        this.death.abort();
        return { groups: null, saved };
      }
      draft.ranks[letter] = 1 + Math.floor(random() * letters.length);
      draft.version++;
      draft.seconds += whole / 1000 / letters.length;
      timer ??= setTimeout(() => void save(), saveAfter);
      await this.pause(whole / 2 / letters.length);
    }
    clearTimeout(timer);
    const groups: Letter[][] = [];
    for (const letter of letters) (groups[draft.ranks[letter] ?? 1] ??= []).push(letter);
    return { groups: groups.filter((group) => group !== undefined), saved };
  }

  /** When nothing waits to be sent. */
  private async sent(): Promise<void> {
    while (this.sending) await this.sending;
  }

  private send(): Promise<void> {
    this.sending ??= this.flush().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async flush(): Promise<void> {
    const { ledger, labelerId, meter } = this.setting;
    for (let parcel = this.outbox[0]; parcel; parcel = this.outbox[0]) {
      const { assignmentId, groups } = parcel;
      const ranking = { groups, notRankable: [], noneAcceptable: false, comment: "", seconds: 4 };
      const submit = () =>
        meter.time("submit", () => this.client.labeling.submit.mutate({ assignmentId, ranking }));
      const { outcome } = await this.untilAnswered([submitAgainAfter], submit);
      ledger.acknowledged.push({ assignmentId, labelerId, outcome, groups });
      this.outbox.shift();
      void this.progress();
    }
  }

  /** Tries again as long as no server answers; the last wait is that of every further try. */
  private async untilAnswered<T>(waits: readonly number[], call: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await call();
      } catch (error) {
        if (isFinal(error) || this.death.signal.aborted) throw error;
        await this.pause(waits[Math.min(tries, waits.length - 1)]);
      }
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.death.signal });
  }
}
