CREATE TABLE "prompt_archive" (
	"promptId" text PRIMARY KEY NOT NULL,
	"keptId" text,
	"archivedById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompt_band" (
	"key" bigint NOT NULL,
	"promptId" text NOT NULL,
	CONSTRAINT "prompt_band_key_promptId_pk" PRIMARY KEY("key","promptId")
);
--> statement-breakpoint
CREATE TABLE "prompt_cluster" (
	"campaignId" text NOT NULL,
	"name" text NOT NULL,
	"words" jsonb NOT NULL,
	"computedAt" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prompt_cluster_campaignId_name_pk" PRIMARY KEY("campaignId","name")
);
--> statement-breakpoint
CREATE TABLE "prompt_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"importId" text NOT NULL,
	"line" integer NOT NULL,
	"text" text NOT NULL,
	"textHash" bigint NOT NULL,
	"language" text,
	"cluster" text,
	"priority" integer DEFAULT 0 NOT NULL,
	"source" text,
	"state" text NOT NULL,
	"nearId" text,
	"resemblance" double precision,
	"personal" jsonb,
	"bad" jsonb
);
--> statement-breakpoint
CREATE TABLE "prompt_import" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"source" text NOT NULL,
	"status" text NOT NULL,
	"pieces" integer DEFAULT 0 NOT NULL,
	"counts" jsonb NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompt_likeness" (
	"promptId" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"groupId" text NOT NULL,
	"resemblance" double precision NOT NULL
);
--> statement-breakpoint
DROP INDEX "prompt_text";--> statement-breakpoint
ALTER TABLE "prompt_archive" ADD CONSTRAINT "prompt_archive_promptId_prompt_id_fk" FOREIGN KEY ("promptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_archive" ADD CONSTRAINT "prompt_archive_keptId_prompt_id_fk" FOREIGN KEY ("keptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_archive" ADD CONSTRAINT "prompt_archive_archivedById_user_id_fk" FOREIGN KEY ("archivedById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_cluster" ADD CONSTRAINT "prompt_cluster_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_draft" ADD CONSTRAINT "prompt_draft_importId_prompt_import_id_fk" FOREIGN KEY ("importId") REFERENCES "public"."prompt_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_import" ADD CONSTRAINT "prompt_import_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_import" ADD CONSTRAINT "prompt_import_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_likeness" ADD CONSTRAINT "prompt_likeness_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prompt_band_prompt" ON "prompt_band" USING btree ("promptId");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_draft_line" ON "prompt_draft" USING btree ("importId","line");--> statement-breakpoint
CREATE INDEX "prompt_draft_text" ON "prompt_draft" USING btree ("importId","textHash");--> statement-breakpoint
CREATE INDEX "prompt_import_campaign" ON "prompt_import" USING btree ("campaignId","status");--> statement-breakpoint
CREATE INDEX "prompt_likeness_group" ON "prompt_likeness" USING btree ("campaignId","groupId");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_text" ON "prompt" USING btree ("campaignId",md5("text"));