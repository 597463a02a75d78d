"use client";

import dynamic from "next/dynamic";

/** Only for who came by a crowd market: others do not load it. */
export const CrowdPart = dynamic(async () => (await import("./crowd-bar")).CrowdBar);
