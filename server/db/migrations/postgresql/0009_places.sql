ALTER TABLE "task" ADD COLUMN "placed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "open" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "assignment_by" ON "assignment" USING btree ("labelerId","createdAt");--> statement-breakpoint
CREATE INDEX "ranking_assignment" ON "ranking" USING btree ("assignmentId");--> statement-breakpoint
CREATE INDEX "ranking_beyond" ON "ranking" USING btree ("createdAt") WHERE purpose <> 'ordinary';--> statement-breakpoint
CREATE INDEX "task_open" ON "task" USING btree ("roundId","calibration","open","id","overlap","placed");--> statement-breakpoint
UPDATE "task" SET "placed" = (SELECT count(*) FROM "ranking" WHERE "ranking"."taskId" = "task"."id" AND "ranking"."purpose" = 'ordinary');--> statement-breakpoint
UPDATE "task" SET "open" = ("calibration" OR "placed" < "overlap");