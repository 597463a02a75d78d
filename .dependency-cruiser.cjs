/** Who may import whom: the drawing in README.md, as errors. */
const ours = "^(app|server)/";
const only = (name, from, allowed, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: "(\\.(test|bench)|/testing)\\.tsx?$" },
  to: { path: ours, pathNot: [from, "^server/domain/app-error", ...allowed], ...extra },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans-in-thin-air",
      severity: "error",
      from: { path: ours },
      to: { couldNotResolve: true },
    },
    only("app", "^app/", ["^server/(api|services|domain)/"]),
    only("site", "^server/site\\.ts", ["^server/(api|services|domain)/"]),
    only("api", "^server/api/", ["^server/(services|domain)/"]),
    only("services", "^server/services/", ["^server/(db|domain)/"]),
    only("jobs", "^server/jobs/", ["^server/(services|ml|domain)/"]),
    only("cli", "^server/(cli/|cli\\.ts)", ["^server/(services|ml|domain)/", "^server/cli"]),
    only("db", "^server/db/", ["^server/domain/"]),
    only("domain", "^server/domain/", []),
    only("ml", "^server/ml/", []),
    only("bench", "^server/bench/", ["^server/ml/"]),
    only("curves", "^server/curves/", ["^server/(cli|ml|domain)/"]),
    only("ml-graph", "^server/ml/graph/", []),
    only("ml-runtime", "^server/ml/runtime/", ["^server/ml/graph/"]),
    only("ml-nn", "^server/ml/nn/", ["^server/ml/(graph|runtime)/"]),
    only("ml-text", "^server/ml/text/", []),
    only("ml-checkpoint", "^server/ml/checkpoint/", ["^server/ml/(graph|nn|runtime|text)/"]),
    only("ml-generate", "^server/ml/generate/", ["^server/ml/(graph|nn|runtime|text)/"]),
    {
      name: "product-does-not-import-tooling",
      severity: "error",
      from: {
        path: ours,
        pathNot: ["^server/(setup|golden|bench|curves)/", "(\\.(test|bench)|/testing)\\.tsx?$"],
      },
      to: { path: "^server/(setup|golden|bench|curves)/|\\.bench\\.ts$|^e2e/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.next|^data/|^models/|^server/db/migrations/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
