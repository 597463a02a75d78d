import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { forEachDialect } from "../db/testing";
import { AppError } from "../domain/app-error";
import { roles } from "../domain/roles";
import type { Services } from "../services/context";
import { testActor, testServices } from "../services/testing";
import {
  adminProcedure,
  createCallerFactory,
  labelerProcedure,
  publicProcedure,
  researcherProcedure,
  router,
} from "./trpc";

const createCaller = createCallerFactory(
  router({
    anybody: publicProcedure.query(() => "ok"),
    labeler: labelerProcedure.query(({ ctx }) => ctx.actor.name),
    researcher: researcherProcedure.query(({ ctx }) => ctx.actor.name),
    admin: adminProcedure.query(({ ctx }) => ctx.actor.name),
    refuses: publicProcedure.query(() => {
      throw new AppError("conflict", "Taken: choose another.");
    }),
    breaks: publicProcedure.query(() => {
      throw new Error("SELECT secret FROM user failed");
    }),
    takes: publicProcedure.input(z.object({ n: z.int() })).mutation(({ input }) => input.n),
  }),
);

forEachDialect((makeDb) => {
  let ctx: Services;
  beforeEach(async () => {
    ctx = await testServices(makeDb);
  });

  test("each role reaches what is meant for it", async () => {
    const reached: Record<string, string[]> = {};
    for (const role of roles) {
      const api = createCaller({ ...ctx, actor: await testActor(ctx, role) });
      const calls = await Promise.allSettled([api.labeler(), api.researcher(), api.admin()]);
      reached[role] = ["labeler", "researcher", "admin"].filter(
        (_, i) => calls[i].status === "fulfilled",
      );
    }
    expect(reached).toStrictEqual({
      guest: [],
      labeler: ["labeler"],
      reviewer: ["labeler"],
      researcher: ["researcher"],
      admin: ["labeler", "researcher", "admin"],
    });
  });

  test("who is not signed in is asked to sign in", async () => {
    const api = createCaller({ ...ctx, actor: null });
    expect(await api.anybody()).toBe("ok");
    await expect(api.labeler()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a refusal keeps its sentence; a fault keeps it to the log", async () => {
    const api = createCaller({ ...ctx, actor: null });
    await expect(api.refuses()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Taken: choose another.",
    });
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const message = await api.breaks().catch((error: Error) => error.message);
    expect(message).toContain("Something went wrong on the server");
    expect(message).not.toContain("SELECT");
    expect(log).toHaveBeenCalledOnce();
    log.mockReset(); // the complaint was wanted
  });

  test("malformed input is a bad request", async () => {
    const api = createCaller({ ...ctx, actor: null });
    await expect(api.takes({ n: 1.5 })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
