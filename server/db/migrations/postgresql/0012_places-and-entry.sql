CREATE TABLE "guideline" (
	"campaignId" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "guideline_campaignId_version_pk" PRIMARY KEY("campaignId","version")
);
--> statement-breakpoint
CREATE TABLE "quiz" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"userId" text NOT NULL,
	"items" integer NOT NULL,
	"passMark" double precision NOT NULL,
	"right" integer,
	"passed" boolean,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"endedAt" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "quiz_item" (
	"quizId" text NOT NULL,
	"place" integer NOT NULL,
	"userId" text NOT NULL,
	"taskId" text NOT NULL,
	"shownOrder" jsonb NOT NULL,
	"groups" jsonb,
	"right" boolean,
	CONSTRAINT "quiz_item_quizId_place_pk" PRIMARY KEY("quizId","place")
);
--> statement-breakpoint
CREATE TABLE "screening" (
	"campaignId" text NOT NULL,
	"userId" text NOT NULL,
	"answers" jsonb NOT NULL,
	"accepted" boolean NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "screening_campaignId_userId_pk" PRIMARY KEY("campaignId","userId")
);
--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "guidelinesVersion" integer;--> statement-breakpoint
ALTER TABLE "demonstration" ADD COLUMN "guidelinesVersion" integer;--> statement-breakpoint
ALTER TABLE "ranking" ADD COLUMN "guidelinesVersion" integer;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "placed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "open" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "gold" ADD COLUMN "explanation" text;--> statement-breakpoint
ALTER TABLE "guideline" ADD CONSTRAINT "guideline_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guideline" ADD CONSTRAINT "guideline_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz" ADD CONSTRAINT "quiz_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz" ADD CONSTRAINT "quiz_userId_user_id_fk" FOREIGN KEY ("userId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_item" ADD CONSTRAINT "quiz_item_quizId_quiz_id_fk" FOREIGN KEY ("quizId") REFERENCES "public"."quiz"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_item" ADD CONSTRAINT "quiz_item_userId_user_id_fk" FOREIGN KEY ("userId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quiz_item" ADD CONSTRAINT "quiz_item_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screening" ADD CONSTRAINT "screening_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "screening" ADD CONSTRAINT "screening_userId_user_id_fk" FOREIGN KEY ("userId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "quiz_user" ON "quiz" USING btree ("userId","campaignId");--> statement-breakpoint
CREATE INDEX "quiz_item_user" ON "quiz_item" USING btree ("userId","taskId");--> statement-breakpoint
CREATE INDEX "assignment_by" ON "assignment" USING btree ("labelerId","createdAt");--> statement-breakpoint
CREATE INDEX "ranking_assignment" ON "ranking" USING btree ("assignmentId");--> statement-breakpoint
CREATE INDEX "ranking_beyond" ON "ranking" USING btree ("createdAt") WHERE purpose <> 'ordinary';--> statement-breakpoint
CREATE INDEX "task_open" ON "task" USING btree ("roundId","calibration","open","id","overlap","placed");--> statement-breakpoint
UPDATE "task" SET "placed" = (SELECT count(*) FROM "ranking" WHERE "ranking"."taskId" = "task"."id" AND "ranking"."purpose" = 'ordinary');--> statement-breakpoint
UPDATE "task" SET "open" = ("calibration" OR "placed" < "overlap");
