#!/usr/bin/env node
import { register as registerCommon } from "tsx/cjs/api";
import { register } from "tsx/esm/api";

register();
registerCommon(); // a reward program in a folder without package.json is read as CommonJS first
await import("../cli.ts");
