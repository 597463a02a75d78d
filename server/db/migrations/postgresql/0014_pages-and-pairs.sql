CREATE TABLE "completion_origin" (
	"completionId" text PRIMARY KEY NOT NULL,
	"origin" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "given_answer" (
	"promptId" text NOT NULL,
	"place" integer NOT NULL,
	"text" text NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "given_answer_promptId_place_pk" PRIMARY KEY("promptId","place")
);
--> statement-breakpoint
DROP INDEX "ranking_by";--> statement-breakpoint
DROP INDEX "task_campaign";--> statement-breakpoint
ALTER TABLE "prompt_draft" ADD COLUMN "answers" jsonb;--> statement-breakpoint
ALTER TABLE "completion_origin" ADD CONSTRAINT "completion_origin_completionId_completion_id_fk" FOREIGN KEY ("completionId") REFERENCES "public"."completion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "given_answer" ADD CONSTRAINT "given_answer_promptId_prompt_id_fk" FOREIGN KEY ("promptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompt_listed" ON "prompt" USING btree ("campaignId","createdAt","id","split");--> statement-breakpoint
CREATE INDEX "prompt_told" ON "prompt" USING btree ("campaignId","source","cluster","language");--> statement-breakpoint
CREATE INDEX "ranking_simulated" ON "ranking" USING btree ("taskId") WHERE simulated;--> statement-breakpoint
CREATE INDEX "ranking_by" ON "ranking" USING btree ("labelerId","createdAt","taskId","simulated","seconds");--> statement-breakpoint
CREATE INDEX "task_campaign" ON "task" USING btree ("campaignId","roundId","createdAt","id");