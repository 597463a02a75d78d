import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { endpointReward } from "./reward-endpoint";
import { rewardModelFrom } from "./reward-model";
import {
  type Answer,
  modelReward,
  programReward,
  retokenisedReward,
  weightedReward,
} from "./reward-source";
import { tinyModel } from "./testing";

const answers: Answer[] = [
  { prompt: "a", completion: "bc", ids: [4, 5, 6, 2], label: "bc" },
  { prompt: "d", completion: "e", ids: [7, 8, 2], label: null },
];

describe("programs", () => {
  it("see prompt, completion and label", async () => {
    const source = programReward(
      (p, c, label) => p.length + c.length + (c === label ? 10 : 0),
      "f",
    );
    expect(await source.score(answers)).toEqual([13, 2]);
  });
  it("must give finite numbers", async () => {
    const source = programReward((_, c) => (c === "e" ? Number.NaN : 1), "check.js");
    await expect(source.score(answers)).rejects.toThrow(
      'check.js gave NaN for the completion "e" of the prompt "d"',
    );
  });
});

it("a sum weighs its parts", async () => {
  const by = (f: (c: string) => number) => programReward((_, c) => f(c), "f");
  const source = weightedReward([
    { source: by((c) => c.length), weight: 2 },
    { source: by(() => 1), weight: -0.5 },
  ]);
  expect(await source.score(answers)).toEqual([3.5, 1.5]);
});

it("a reward model of another tokenizer reads the text anew, one of the same the tokens", async () => {
  const model = rewardModelFrom(tinyModel(), 3);
  const own = await model.tokenizer.encodeAll(["abc", "de"]);
  const rows = answers.map((answer, i) => ({
    ...answer,
    ids: [...own[i], model.tokenizer.eosId!],
  }));
  const byIds = await modelReward([model]);
  const expected = await byIds.score(rows);
  await byIds.dispose();
  const strangers = answers.map((answer) => ({ ...answer, ids: [9, 9] }));
  const got = await retokenisedReward([model]).score(strangers);
  got.forEach((score, i) => expect(score).toBeCloseTo(expected[i], 5));
});

describe("endpoints", () => {
  let server: Server;
  const asked: unknown[] = [];
  const askedBy: (string | undefined)[] = [];
  /** Answers with these bodies in turn; a number is a status, null no answer. */
  async function serve(replies: readonly (string | number | null)[]): Promise<string> {
    let next = 0;
    asked.length = 0;
    askedBy.length = 0;
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        asked.push(JSON.parse(body));
        askedBy.push(request.headers.authorization);
        const reply = replies[Math.min(next++, replies.length - 1)];
        if (reply === null) return;
        response.writeHead(typeof reply === "number" ? reply : 200);
        response.end(typeof reply === "number" ? "" : reply);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/score`;
  }
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("are asked by query, prompts and labels", async () => {
    const url = await serve(['{"rewards": [1, -2.5]}']);
    expect(await endpointReward(url).score(answers)).toEqual([1, -2.5]);
    expect(asked).toEqual([{ query: ["abc", "de"], prompts: ["a", "d"], labels: ["bc", null] }]);
  });
  it("are asked again after a failure that may pass", async () => {
    const url = await serve([503, null, '{"rewards": [1, 2]}']);
    const source = endpointReward(url, { timeout: 100, pause: 1 });
    expect(await source.score(answers)).toEqual([1, 2]);
    expect(asked).toHaveLength(3);
  });
  it.each<[string, string | number | null, RegExp]>([
    ["no answer", null, /did not answer within 0.05 seconds, 2 times/],
    ["a fault of theirs", 500, /status 500, 2 times/],
    ["a wrong address", 404, /status 404; see whether the address is right/],
    ["NaN as Python writes it", '{"rewards": [NaN, 1]}', /gave NaN or Infinity/],
    ["null", '{"rewards": [1, null]}', /gave null as reward 2/],
    ["too few", '{"rewards": [1]}', /gave 1 rewards for 2 queries/],
    ["no rewards", '{"scores": [1, 2]}', /gave no list of rewards/],
    ["a page", "<html>", /gave no JSON/],
  ])("refuse %s", async (_, reply, message) => {
    const url = await serve([reply]);
    const source = endpointReward(url, { timeout: 50, retries: 1, pause: 1 });
    await expect(source.score(answers)).rejects.toThrow(message);
  });
  it("are told who asks, and no message says it", async () => {
    const url = await serve(['{"rewards": [1, 2]}', 401]);
    const source = endpointReward(url, { headers: { authorization: "Bearer secret" } });
    await source.score(answers);
    expect(askedBy).toEqual(["Bearer secret"]);
    const refused = await source.score(answers).catch((error: unknown) => String(error));
    expect(refused).toMatch(/status 401/);
    expect(refused).not.toContain("secret");
  });
  it("can be tried by one answer", async () => {
    const url = await serve(['{"rewards": [0]}', '{"rewards": []}']);
    const source = endpointReward(url);
    await source.probe("What?");
    expect(asked).toEqual([{ query: ["What?"], prompts: ["What?"], labels: [null] }]);
    await expect(source.probe("What?")).rejects.toThrow(/0 rewards for 1 queries/);
  });
  it("stop when the run is cancelled", async () => {
    const url = await serve([null]);
    const controller = new AbortController();
    const scores = endpointReward(url).score(answers, controller.signal);
    controller.abort();
    await expect(scores).rejects.toMatchObject({ code: "cancelled" });
  });
});
