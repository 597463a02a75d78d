/** Where workers work, and where requesters look at what they made. */
const mturkFrames = ["worker", "workersandbox", "requester", "requestersandbox", "www"]
  .map((name) => `https://${name}.mturk.com`)
  .join(" ");

/** @type {import("next").NextConfig} */
const config = {
  // several dev servers may look at one checkout, each with a build folder of its own
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // types are checked by `npm run check`, which knows the tests and the tools too
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "@node-rs/argon2",
    "better-sqlite3",
    "drizzle-orm", // the pages' code and the calls' (server/site.ts) share one connection, and so one drizzle
    "onnxruntime-node",
    "pg",
    "tokenizers",
  ],
  // a browser that asks before it has read which icon the page names
  redirects: () =>
    Promise.resolve([{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }]),
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
        ],
      },
      {
        source: "/((?!crowd/mturk/).*)",
        headers: [{ key: "X-Frame-Options", value: "DENY" }],
      },
      // MTurk shows its door in a frame; whoever is signed in is not there, for cookies do not come along
      {
        source: "/crowd/mturk/:path*",
        headers: [{ key: "Content-Security-Policy", value: `frame-ancestors ${mturkFrames}` }],
      },
      // the wizard shows the labeler's page in a frame of its own
      { source: "/preview/:path*", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    ]),
};

export default config;
