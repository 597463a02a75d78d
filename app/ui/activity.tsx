"use client";

import dynamic from "next/dynamic";

/** Only for those who see it: labelers' pages, which have the same shell, do not load it. */
export const Activity = dynamic(async () => (await import("./activity-tray")).ActivityTray);
