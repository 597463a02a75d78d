import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fingerprint } from "@/server/domain/fingerprint";
import type { DraftState } from "@/server/services/demonstrations-draft";
import { type KeptText, TextKeeper, type TextStore } from "./text-keeper";

/** A call that is under way for so long. */
const under = async (ms: number) => {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
};

/** The server as the service has it: a text is taken when it was written on from what stands there. */
function makeServer(text = "") {
  const server = {
    text,
    ended: false,
    calls: [] as string[],
    /** Milliseconds that a call takes. */
    takes: 0,
    down: false,
    /** The change is made and its answer is lost. */
    mute: false,
    save: async (offered: string, base: string): Promise<DraftState> => {
      server.calls.push(offered);
      await under(server.takes);
      if (server.down) throw new Error("no network");
      const taken = !server.ended && (fingerprint(server.text) === base || server.text === offered);
      if (taken) server.text = offered;
      if (server.mute) throw new Error("no answer");
      return state(taken);
    },
    read: async (): Promise<DraftState> => {
      await under(server.takes);
      return state(false);
    },
    failure: () => "offline" as const,
  };
  const state = (taken: boolean): DraftState => ({
    taken,
    status: server.ended ? "ended" : "draft",
    base: fingerprint(server.text),
    text: taken ? null : server.text,
  });
  return server;
}

/** One browser's storage, with its tabs. */
function makeBrowser() {
  let kept: string | null = null;
  const tabs: { hear: (kept: KeptText | null) => void }[] = [];
  const browser = {
    full: false,
    kept: () => (kept === null ? null : (JSON.parse(kept) as KeptText)),
    forget: () => {
      kept = null;
      for (const tab of tabs) tab.hear(null);
    },
    tab: (): TextStore => {
      const tab: (typeof tabs)[number] = { hear: () => {} };
      tabs.push(tab);
      return {
        read: browser.kept,
        keep: (next) => {
          if (browser.full) return;
          kept = JSON.stringify(next);
          for (const other of tabs) if (other !== tab) other.hear(browser.kept());
        },
        onElsewhere: (hear) => {
          tab.hear = hear;
          return () => {
            tab.hear = () => {};
          };
        },
      };
    },
  };
  return browser;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(server = makeServer(), browser = makeBrowser()) {
  const keeper = new TextKeeper(server.text, server, browser.tab());
  const close = keeper.open();
  return { keeper, server, browser, close };
}

test("whoever types without a pause is saved within two seconds of every stroke", async () => {
  const { keeper, server } = open();
  server.takes = 300;
  const written = new Map<string, number>();
  for (let i = 1; i <= 100; i++) {
    keeper.write("x".repeat(i));
    written.set("x".repeat(i), Date.now());
    await pass(100);
    const unsaved = [...written].filter(([text]) => text.length > server.text.length);
    for (const [, at] of unsaved) expect(Date.now() - at).toBeLessThanOrEqual(2000);
  }
  // and not at every stroke
  expect(server.calls.length).toBeLessThan(12);
});

test("what is typed while a save is under way is neither forgotten here nor left unsaved", async () => {
  const { keeper, server, browser } = open();
  server.takes = 5000;
  keeper.write("one");
  await pass(1000);
  keeper.write("one two");
  expect(browser.kept()).toMatchObject({ text: "one two", unsaved: true });
  await pass(5000);
  expect(server.text).toBe("one");
  expect(browser.kept()).toMatchObject({ text: "one two", unsaved: true });
  expect(keeper.state()).toMatchObject({ text: "one two", unsaved: true, savedAt: null });
  await pass(6000);
  expect(server.text).toBe("one two");
  expect(browser.kept()).toMatchObject({ unsaved: false });
  expect(keeper.state()).toMatchObject({ unsaved: false, savedAt: expect.any(Date) as Date });
});

test("without a server it is tried again without another stroke, until there is one", async () => {
  const { keeper, server } = open();
  server.down = true;
  keeper.write("kept");
  await pass(10_000);
  expect(keeper.state()).toMatchObject({ failure: "offline", unsaved: true });
  expect(server.calls.length).toBeGreaterThan(2);
  server.down = false;
  await pass(3000);
  expect(server.text).toBe("kept");
  expect(keeper.state()).toMatchObject({ failure: null, unsaved: false });
});

test("what was typed before the page's script ran is kept, and so is what this browser brings back", async () => {
  const { keeper, server, browser, close } = open();
  keeper.writeEarly("typed early");
  await pass(1000);
  expect(server.text).toBe("typed early");
  server.down = true;
  keeper.write("typed early, then without a network");
  close();
  await pass(0);
  server.down = false;
  const again = open(server, browser);
  again.keeper.writeEarly("typed early, then without a network");
  expect(again.keeper.state().text).toBe("typed early, then without a network");
  again.keeper.writeEarly("typed early again");
  await pass(1000);
  expect(server.text).toBe("typed early, then without a network\n\ntyped early again");
});

test("an answer that was lost is no conflict, whatever was typed since", async () => {
  const { keeper, server, browser, close } = open();
  server.mute = true;
  keeper.write("one");
  await pass(1000);
  keeper.write("one two");
  await pass(500);
  server.mute = false;
  await pass(8000);
  expect(server.text).toBe("one two");
  expect(keeper.state().other).toBeNull();
  // nor when the tab was closed before an answer came
  server.takes = 60_000;
  keeper.write("one two three");
  await pass(1500);
  keeper.write("one two three four");
  server.text = "one two three";
  close();
  server.takes = 0;
  const again = open(server, browser);
  expect(again.keeper.state()).toMatchObject({ text: "one two three four", other: null });
  await pass(1000);
  expect(server.text).toBe("one two three four");
});

test("a tab that is closed or left saves what it has; what it could not comes back", async () => {
  const { keeper, server, browser, close } = open();
  keeper.write("left at once");
  close();
  await pass(0);
  expect(server.text).toBe("left at once");
  server.down = true;
  const again = open(server, browser);
  again.keeper.write("left at once, without a network");
  again.close();
  server.down = false;
  const third = open(server, browser);
  expect(third.keeper.state().text).toBe("left at once, without a network");
  await pass(1000);
  expect(server.text).toBe("left at once, without a network");
});

test("tabs of one browser show one text, whichever is written in", async () => {
  const { keeper: here, server, browser, close } = open();
  const { keeper: there } = open(server, browser);
  here.write("a");
  expect(there.state().text).toBe("a");
  there.write("ab");
  here.write("abc");
  await pass(1500);
  there.write("abcd");
  await pass(20_000);
  for (const keeper of [here, there])
    expect(keeper.state()).toMatchObject({ text: "abcd", other: null, unsaved: false });
  expect(server.text).toBe("abcd");
  // a tab that dies before it saves: the other one does
  server.down = true;
  here.write("abcde");
  close();
  await pass(1);
  server.down = false;
  await pass(12_000);
  expect(server.text).toBe("abcde");
});

test("two browsers that have each gone on: nothing is overwritten before their author chooses", async () => {
  const server = makeServer("start");
  const { keeper: here } = open(server);
  const { keeper: there } = open(server);
  here.write("start here");
  await pass(1000);
  there.write("start there");
  await pass(5000);
  expect(server.text).toBe("start here");
  expect(there.state()).toMatchObject({ text: "start there", other: "start here" });
  there.write("start there, on");
  await pass(5000);
  expect(server.text).toBe("start here");
  there.keepMine();
  await pass(0);
  expect(server.text).toBe("start there, on");
  expect(there.state()).toMatchObject({ other: null, unsaved: false });
  // the first has nothing of its own any more: it goes on where the other is
  await here.catchUp();
  expect(here.state()).toMatchObject({ text: "start there, on", other: null });
  here.write("again");
  await pass(1000);
  there.write("start there, on and on");
  await pass(1000);
  there.takeOther();
  expect(there.state()).toMatchObject({ text: "again", other: null, unsaved: false });
  await pass(5000);
  expect(server.text).toBe("again");
});

test("what was sent elsewhere is said to be, and is not written over", async () => {
  const { keeper, server, browser } = open(makeServer("text"));
  server.ended = true;
  browser.forget(); // as the tab does that sent it
  await pass(0);
  expect(keeper.state().ended).toBe(true);
  const other = open(server);
  other.keeper.write("text and more");
  await pass(1000);
  expect(other.keeper.state().ended).toBe(true);
  expect(server.text).toBe("text");
});

test("a storage that fails keeps an old text: it never comes back over a newer one", async () => {
  const { keeper, server, browser } = open();
  keeper.write("old");
  await pass(2000);
  browser.full = true;
  keeper.write("old and new");
  await keeper.catchUp();
  expect(keeper.state().text).toBe("old and new");
  await pass(1000);
  expect(server.text).toBe("old and new");
});

test("what is looked up while a save is under way is older than it, and changes nothing", async () => {
  const { keeper, server } = open(makeServer("old"));
  server.takes = 100;
  const looking = keeper.catchUp();
  keeper.write("new");
  void keeper.flush();
  await pass(100);
  await looking;
  await pass(5000);
  expect(keeper.state()).toMatchObject({ text: "new", other: null });
  expect(server.text).toBe("new");
});
