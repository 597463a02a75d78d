import { runCommand } from "./cli/run";

// npm runs scripts in the package's folder: paths are meant from where the person stands
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (INIT_CWD && npm_lifecycle_event === "revealed") process.chdir(INIT_CWD);

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0); // `revealed … | head -1` is no failure
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2));
