CREATE TABLE "comparison" (
	"rankingId" text PRIMARY KEY NOT NULL,
	"taskId" text NOT NULL,
	"leftId" text NOT NULL,
	"rightId" text NOT NULL,
	"steps" integer NOT NULL,
	"preference" integer,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_rankingId_ranking_id_fk" FOREIGN KEY ("rankingId") REFERENCES "public"."ranking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_leftId_completion_id_fk" FOREIGN KEY ("leftId") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_rightId_completion_id_fk" FOREIGN KEY ("rightId") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comparison_task" ON "comparison" USING btree ("taskId");