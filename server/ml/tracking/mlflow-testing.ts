import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Sent {
  readonly key: string;
  readonly value: unknown;
  readonly step?: number;
}

/** As much of MLflow as a tracker talks to, in this process; it remembers what it was sent. */
export async function mlflowServer() {
  const experiments = new Map<string, string>();
  const runs: { status: string; name: string; params: Sent[]; metrics: Sent[]; tags: Sent[] }[] =
    [];
  const asked: string[] = [];
  /** What it answers the next requests instead: a status, or "drop" the connection. */
  const trouble: (number | "drop")[] = [];
  const answers: Record<string, (values: Record<string, unknown>) => object | null> = {
    "experiments/get-by-name": ({ experiment_name: name }) => {
      const id = experiments.get(String(name));
      return id === undefined ? null : { experiment: { experiment_id: id } };
    },
    "experiments/create": ({ name }) => {
      experiments.set(String(name), String(experiments.size + 1));
      return { experiment_id: String(experiments.size) };
    },
    "runs/create": ({ run_name: name, tags }) => {
      const run = { status: "RUNNING", name: String(name), params: [], metrics: [] };
      runs.push({ ...run, tags: tags as Sent[] });
      return { run: { info: { run_id: String(runs.length) } } };
    },
    "runs/get": ({ run_id: id }) => {
      const run = runs[Number(id) - 1];
      const latest = new Map(run?.metrics.map((metric) => [metric.key, metric]));
      return run
        ? { run: { info: { run_id: id }, data: { metrics: [...latest.values()] } } }
        : null;
    },
    "runs/update": ({ run_id: id, status }) => {
      runs[Number(id) - 1].status = String(status);
      return {};
    },
    "runs/log-batch": ({ run_id: id, metrics = [], params = [] }) => {
      runs[Number(id) - 1].metrics.push(...(metrics as Sent[]));
      runs[Number(id) - 1].params.push(...(params as Sent[]));
      return {};
    },
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname, searchParams } = new URL(request.url!, "http://localhost");
      const body = await text(request);
      const what = pathname.replace("/api/2.0/mlflow/", "");
      asked.push(what);
      const wrong = trouble.shift();
      if (wrong === "drop") {
        request.socket.destroy();
        return;
      }
      const values = body === "" ? Object.fromEntries(searchParams) : (JSON.parse(body) as object);
      const answer = wrong === undefined ? answers[what]({ ...values }) : {};
      const missing = { error_code: "RESOURCE_DOES_NOT_EXIST", message: "it is not there" };
      response.statusCode = wrong ?? (answer ? 200 : 404);
      response.end(JSON.stringify(answer ?? missing));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    experiments,
    runs,
    asked,
    trouble,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
