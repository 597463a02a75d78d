import { runCommand } from "./cli/run";

// npm runs scripts in the package's folder: paths are meant from where the person stands
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (INIT_CWD && npm_lifecycle_event === "revealed") process.chdir(INIT_CWD);

process.exitCode = await runCommand(process.argv.slice(2));
