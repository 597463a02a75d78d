import { fingerprint } from "@/server/domain/fingerprint";
import { storableText } from "@/server/domain/storable";
import type { DraftState } from "@/server/services/demonstrations-draft";

/** From the first stroke that the server does not have; those that follow go along. */
const saveAfter = 1000;
const tryAgainAfter = 3000;
/** What another tab of this browser wrote it saves itself, unless it was closed meanwhile. */
const saveForOthersAfter = 10_000;

/** As it is kept in the browser. */
export interface KeptText {
  text: string;
  /** The fingerprint of the server's text that it was written on from. */
  base: string;
  /** The fingerprint of what was offered to the server, which has not answered; null: nothing. */
  offered: string | null;
  /** Not on the server yet. */
  unsaved: boolean;
  /** Grows with every change, so that the newer of two is known without a clock. */
  strokes: number;
}

/** The browser's storage, shared by its tabs. */
export interface TextStore {
  read: () => KeptText | null;
  keep: (kept: KeptText) => void;
  /** Tells what another tab keeps, or forgets (null). @returns what ends it */
  onElsewhere: (hear: (kept: KeptText | null) => void) => () => void;
}

/** The server. Its failures throw. */
export interface TextServer {
  save: (text: string, base: string) => Promise<DraftState>;
  read: () => Promise<DraftState>;
  /** Why a call failed: the server cannot be reached, wants a sign-in or another role, or said no. */
  failure: (error: unknown) => Failure;
}
export type Failure = "offline" | "signed-out" | "forbidden" | { refused: string };

/** What its author sees. */
export interface WritingState {
  text: string;
  /** The server does not have it as it is. */
  unsaved: boolean;
  /** When the server took the text as it is; null while it has not. */
  savedAt: Date | null;
  failure: Failure | null;
  /** What was written on in another browser, where both have something of their own. */
  other: string | null;
  /** Sent or skipped in another tab or browser. */
  ended: boolean;
}

/**
 * Keeps a text in the browser with every stroke, and on the server within 2 s of it however long nobody pauses. One
 * save at a time; without a server it tries until there is one. Tabs of one browser share what is kept there; where
 * two browsers have each gone on, the author chooses, and nothing is overwritten before.
 */
export class TextKeeper {
  private current: WritingState;
  private base: string;
  private offered: string | null = null;
  private strokes = 0;
  /** The server's text, as far as it is known. */
  private savedText: string;
  /** Every text written or heard of since the server's was last known: the server having one of them is no conflict. */
  private readonly known = new Set<string>();
  private otherBase = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private closed = false;
  private readonly watchers = new Set<() => void>();

  constructor(
    text: string,
    private readonly server: TextServer,
    private readonly store: TextStore,
  ) {
    this.savedText = text;
    this.current = {
      text,
      unsaved: false,
      savedAt: null,
      failure: null,
      other: null,
      ended: false,
    };
    this.base = fingerprint(text);
  }

  readonly state = (): WritingState => this.current;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Brings back what this browser keeps, and hears of other tabs from now on. @returns what ends it */
  open(): () => void {
    this.closed = false;
    const kept = this.store.read();
    this.strokes = kept?.strokes ?? 0;
    if (kept?.unsaved && kept.text !== this.savedText) {
      const { base } = this;
      this.set({ text: kept.text });
      this.know(kept.text);
      if (kept.base === base || kept.offered === base) this.later(saveAfter);
      else this.conflict(this.savedText, base);
    }
    const deaf = this.store.onElsewhere((heard) => this.hear(heard));
    return () => {
      deaf();
      void this.save(); // somebody goes to another page: it is not left to this browser alone
      this.closed = true;
      this.stopTimer();
    };
  }

  /** A stroke. */
  write(text: string): void {
    this.know(text);
    this.strokes++;
    this.set({ text, savedAt: null });
    this.keep();
    if (this.timer === undefined) this.later(saveAfter);
  }

  /** What was typed before the page's script ran: beside what this browser brought back, not instead of it. */
  writeEarly(text: string): void {
    const broughtBack = this.current.text;
    if (text === broughtBack) return;
    this.write(broughtBack === this.savedText ? text : `${broughtBack}\n\n${text}`);
  }

  /** Saves at once what is not saved. */
  async flush(): Promise<void> {
    if (this.saving) await this.saving;
    await this.save();
  }

  /** What to send: the base holds once no save is under way. */
  async settled(): Promise<{ text: string; base: string }> {
    this.stopTimer();
    if (this.saving) await this.saving;
    return { text: this.current.text, base: this.base };
  }

  /** It was sent or skipped here: nothing more is kept of it. */
  finish(): void {
    this.closed = true;
    this.stopTimer();
  }

  /** Looks for what other tabs and browsers did while this one was out of sight. */
  async catchUp(): Promise<void> {
    const kept = this.store.read();
    if (kept && kept.strokes > this.strokes) this.hear(kept); // else: storage that fails keeps an old one
    const { base } = this;
    try {
      const there = await this.server.read();
      if (!this.saving && this.base === base) this.compare(there); // else it is older than what was saved meanwhile
    } catch {
      // the next save tells
    }
  }

  /** The server did not take what was sent, or holds something else. */
  compare(there: DraftState): void {
    const { text, status, base } = there;
    if (status === "ended") return this.end();
    if (text === null || base === this.base) return;
    const mine = this.current.text;
    if (this.known.has(base) || text === storableText(mine)) {
      this.base = base;
      this.savedText = text === storableText(mine) ? mine : text;
      this.set(this.isDirty() ? {} : { savedAt: new Date() });
      this.keep();
      if (this.isDirty() && this.timer === undefined) this.later(saveAfter);
    } else if (this.isDirty()) this.conflict(text, base);
    else this.adopt(text, base);
  }

  /** This text replaces the other. */
  keepMine(): void {
    if (this.current.other === null) return;
    this.savedText = this.current.other;
    this.base = this.otherBase;
    this.set({ other: null });
    this.keep();
    void this.flush();
  }

  /** The other text replaces this one. */
  takeOther(): void {
    const { other } = this.current;
    if (other !== null) this.adopt(other, this.otherBase);
  }

  private set(change: Partial<WritingState>): void {
    const next = { ...this.current, ...change };
    this.current = { ...next, unsaved: next.text !== this.savedText };
    for (const watcher of this.watchers) watcher();
  }

  private isDirty(): boolean {
    return this.current.text !== this.savedText;
  }

  private know(text: string): void {
    this.known.add(fingerprint(storableText(text)));
  }

  private keep(): void {
    const { base, offered, strokes } = this;
    this.store.keep({ text: this.current.text, base, offered, unsaved: this.isDirty(), strokes });
  }

  private conflict(other: string, base: string): void {
    this.otherBase = base;
    this.stopTimer();
    this.set({ other });
  }

  private adopt(text: string, base: string): void {
    this.base = base;
    this.savedText = text;
    this.strokes++;
    this.set({ text, other: null, savedAt: null });
    this.keep();
  }

  private end(): void {
    this.stopTimer();
    this.set({ ended: true });
  }

  private hear(kept: KeptText | null): void {
    if (kept === null) return void this.catchUp(); // sent or skipped there, most likely
    if (kept.strokes < this.strokes) return;
    this.strokes = kept.strokes;
    this.know(kept.text);
    this.base = kept.base;
    if (!kept.unsaved) this.savedText = kept.text;
    this.set({ text: kept.text, other: null, savedAt: null });
    this.stopTimer();
    if (kept.unsaved) this.later(saveForOthersAfter);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private later(after: number): void {
    this.stopTimer();
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.save();
    }, after);
  }

  private save(): Promise<void> {
    const { other, ended } = this.current;
    if (this.saving) return this.saving; // what was written since goes when it is back
    if (this.closed || ended || other !== null || !this.isDirty()) return Promise.resolve();
    this.stopTimer();
    this.saving = this.saveNow(this.current.text).finally(() => {
      this.saving = null;
    });
    return this.saving;
  }

  private async saveNow(text: string): Promise<void> {
    try {
      this.offered = fingerprint(storableText(text));
      this.keep();
      const there = await this.server.save(text, this.base);
      this.offered = null;
      this.set({ failure: null });
      if (!there.taken) return this.compare(there);
      this.base = there.base;
      this.savedText = text;
      this.known.clear();
      this.know(this.current.text);
      this.set({ savedAt: this.isDirty() ? null : new Date() });
      if (this.isDirty() && this.timer === undefined) this.later(saveAfter);
      this.keep();
    } catch (error) {
      const failure = this.server.failure(error);
      this.set({ failure });
      // what was refused is refused again until it is changed
      if (typeof failure === "string") this.later(tryAgainAfter);
    }
  }
}
