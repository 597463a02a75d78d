CREATE TABLE "adjudication" (
	"id" text PRIMARY KEY NOT NULL,
	"taskId" text NOT NULL,
	"reviewerId" text NOT NULL,
	"groups" jsonb NOT NULL,
	"notRankable" jsonb NOT NULL,
	"reason" text NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gold" (
	"id" text PRIMARY KEY NOT NULL,
	"taskId" text NOT NULL,
	"campaignId" text NOT NULL,
	"expected" jsonb NOT NULL,
	"retiredAt" timestamp (3) with time zone,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"labelerId" text NOT NULL,
	"measure" text NOT NULL,
	"action" text NOT NULL,
	"value" double precision,
	"threshold" double precision,
	"rankings" integer NOT NULL,
	"note" text,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"seenAt" timestamp (3) with time zone,
	"resolvedAt" timestamp (3) with time zone,
	"resolvedById" text
);
--> statement-breakpoint
CREATE TABLE "quality" (
	"campaignId" text PRIMARY KEY NOT NULL,
	"report" jsonb NOT NULL,
	"measuredAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assignment" ADD COLUMN "purpose" text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
ALTER TABLE "demonstration" ADD COLUMN "written" text;--> statement-breakpoint
ALTER TABLE "prompt" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "prompt" ADD COLUMN "cluster" text;--> statement-breakpoint
ALTER TABLE "prompt" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ranking" ADD COLUMN "purpose" text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "calibration" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "uncertainty" double precision;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "languages" jsonb;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "qualifications" jsonb;--> statement-breakpoint
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudication" ADD CONSTRAINT "adjudication_reviewerId_user_id_fk" FOREIGN KEY ("reviewerId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold" ADD CONSTRAINT "gold_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold" ADD CONSTRAINT "gold_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gold" ADD CONSTRAINT "gold_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_labelerId_user_id_fk" FOREIGN KEY ("labelerId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_resolvedById_user_id_fk" FOREIGN KEY ("resolvedById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality" ADD CONSTRAINT "quality_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "adjudication_task" ON "adjudication" USING btree ("taskId");--> statement-breakpoint
CREATE UNIQUE INDEX "gold_task" ON "gold" USING btree ("taskId");--> statement-breakpoint
CREATE INDEX "gold_campaign" ON "gold" USING btree ("campaignId");--> statement-breakpoint
CREATE INDEX "notice_labeler" ON "notice" USING btree ("labelerId","campaignId");--> statement-breakpoint
CREATE INDEX "ranking_by" ON "ranking" USING btree ("labelerId","createdAt");--> statement-breakpoint
CREATE INDEX "ranking_created" ON "ranking" USING btree ("createdAt");