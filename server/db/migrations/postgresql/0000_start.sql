CREATE TABLE "assignment" (
	"id" text PRIMARY KEY NOT NULL,
	"taskId" text NOT NULL,
	"labelerId" text NOT NULL,
	"shownOrder" jsonb NOT NULL,
	"draft" jsonb,
	"status" text NOT NULL,
	"skipReason" text,
	"servedBecause" text NOT NULL,
	"leaseExpiresAt" timestamp (3) with time zone NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"updatedAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaign" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"guidelines" text NOT NULL,
	"status" text NOT NULL,
	"verifier" text,
	"policyModelId" text,
	"sftModelId" text,
	"rewardModelId" text,
	"completionsPerTask" integer NOT NULL,
	"tasksPerRound" integer NOT NULL,
	"overlap" integer NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"config" jsonb NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"openedAt" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "completion" (
	"id" text PRIMARY KEY NOT NULL,
	"promptId" text NOT NULL,
	"roundId" text,
	"modelId" text,
	"demonstrationId" text,
	"text" text NOT NULL,
	"seed" bigint,
	"params" jsonb NOT NULL,
	"finish" text NOT NULL,
	"correct" boolean,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demonstration" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"promptId" text NOT NULL,
	"authorId" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"reviewerId" text,
	"reason" text,
	"simulated" boolean DEFAULT false NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"updatedAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invite" (
	"id" text PRIMARY KEY NOT NULL,
	"tokenHash" text NOT NULL,
	"role" text NOT NULL,
	"userId" text,
	"usesLeft" integer NOT NULL,
	"expiresAt" timestamp (3) with time zone NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"input" jsonb NOT NULL,
	"key" text,
	"status" text NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"runAfter" timestamp (3) with time zone,
	"progress" double precision,
	"message" text,
	"secondsLeft" double precision,
	"leaseExpiresAt" timestamp (3) with time zone,
	"workerId" text,
	"error" text,
	"cancelRequested" boolean DEFAULT false NOT NULL,
	"runId" text,
	"campaignId" text,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"updatedAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "metric" (
	"runId" text NOT NULL,
	"step" integer NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "metric_runId_step_pk" PRIMARY KEY("runId","step")
);
--> statement-breakpoint
CREATE TABLE "model" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"path" text NOT NULL,
	"hash" text NOT NULL,
	"architecture" text NOT NULL,
	"parameters" bigint NOT NULL,
	"parentId" text,
	"runId" text,
	"campaignId" text,
	"exact" double precision,
	"source" text NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompt" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"text" text NOT NULL,
	"split" text NOT NULL,
	"source" text NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ranking" (
	"id" text PRIMARY KEY NOT NULL,
	"taskId" text NOT NULL,
	"assignmentId" text NOT NULL,
	"labelerId" text NOT NULL,
	"groups" jsonb NOT NULL,
	"notRankable" jsonb NOT NULL,
	"noneAcceptable" boolean DEFAULT false NOT NULL,
	"comment" text,
	"seconds" double precision NOT NULL,
	"simulated" boolean DEFAULT false NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "round" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"policyModelId" text NOT NULL,
	"snapshotId" text,
	"rewardModelId" text,
	"nextPolicyModelId" text,
	"exact" double precision,
	"createdAt" timestamp (3) with time zone NOT NULL,
	"endedAt" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"campaignId" text,
	"roundId" text,
	"snapshotId" text,
	"modelId" text,
	"rewardModelId" text,
	"outputModelId" text,
	"config" jsonb NOT NULL,
	"seed" bigint NOT NULL,
	"status" text NOT NULL,
	"error" text,
	"step" integer DEFAULT 0 NOT NULL,
	"totalSteps" integer DEFAULT 0 NOT NULL,
	"secondsLeft" double precision,
	"startedAt" timestamp (3) with time zone,
	"endedAt" timestamp (3) with time zone,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sample" (
	"runId" text NOT NULL,
	"step" integer NOT NULL,
	"place" integer NOT NULL,
	"prompt" text NOT NULL,
	"completion" text NOT NULL,
	"score" double precision,
	CONSTRAINT "sample_runId_step_place_pk" PRIMARY KEY("runId","step","place")
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"roundId" text,
	"hash" text NOT NULL,
	"includeSimulated" boolean NOT NULL,
	"counts" jsonb NOT NULL,
	"path" text NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"roundId" text NOT NULL,
	"promptId" text NOT NULL,
	"completionIds" jsonb NOT NULL,
	"overlap" integer NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"passwordHash" text,
	"role" text NOT NULL,
	"simulated" boolean DEFAULT false NOT NULL,
	"sessionVersion" integer DEFAULT 1 NOT NULL,
	"locale" text,
	"disabledAt" timestamp (3) with time zone,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_labelerId_user_id_fk" FOREIGN KEY ("labelerId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_policyModelId_model_id_fk" FOREIGN KEY ("policyModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_sftModelId_model_id_fk" FOREIGN KEY ("sftModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_rewardModelId_model_id_fk" FOREIGN KEY ("rewardModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_promptId_prompt_id_fk" FOREIGN KEY ("promptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_roundId_round_id_fk" FOREIGN KEY ("roundId") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_modelId_model_id_fk" FOREIGN KEY ("modelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completion" ADD CONSTRAINT "completion_demonstrationId_demonstration_id_fk" FOREIGN KEY ("demonstrationId") REFERENCES "public"."demonstration"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demonstration" ADD CONSTRAINT "demonstration_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demonstration" ADD CONSTRAINT "demonstration_promptId_prompt_id_fk" FOREIGN KEY ("promptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demonstration" ADD CONSTRAINT "demonstration_authorId_user_id_fk" FOREIGN KEY ("authorId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demonstration" ADD CONSTRAINT "demonstration_reviewerId_user_id_fk" FOREIGN KEY ("reviewerId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_userId_user_id_fk" FOREIGN KEY ("userId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invite" ADD CONSTRAINT "invite_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric" ADD CONSTRAINT "metric_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_parentId_model_id_fk" FOREIGN KEY ("parentId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_taskId_task_id_fk" FOREIGN KEY ("taskId") REFERENCES "public"."task"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_assignmentId_assignment_id_fk" FOREIGN KEY ("assignmentId") REFERENCES "public"."assignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_labelerId_user_id_fk" FOREIGN KEY ("labelerId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_policyModelId_model_id_fk" FOREIGN KEY ("policyModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_snapshotId_snapshot_id_fk" FOREIGN KEY ("snapshotId") REFERENCES "public"."snapshot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_rewardModelId_model_id_fk" FOREIGN KEY ("rewardModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_nextPolicyModelId_model_id_fk" FOREIGN KEY ("nextPolicyModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_roundId_round_id_fk" FOREIGN KEY ("roundId") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_snapshotId_snapshot_id_fk" FOREIGN KEY ("snapshotId") REFERENCES "public"."snapshot"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_modelId_model_id_fk" FOREIGN KEY ("modelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_rewardModelId_model_id_fk" FOREIGN KEY ("rewardModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_outputModelId_model_id_fk" FOREIGN KEY ("outputModelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample" ADD CONSTRAINT "sample_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_roundId_round_id_fk" FOREIGN KEY ("roundId") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_roundId_round_id_fk" FOREIGN KEY ("roundId") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_promptId_prompt_id_fk" FOREIGN KEY ("promptId") REFERENCES "public"."prompt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_labeler" ON "assignment" USING btree ("taskId","labelerId");--> statement-breakpoint
CREATE INDEX "assignment_active" ON "assignment" USING btree ("labelerId","status");--> statement-breakpoint
CREATE INDEX "completion_round" ON "completion" USING btree ("roundId","promptId");--> statement-breakpoint
CREATE UNIQUE INDEX "demonstration_author" ON "demonstration" USING btree ("promptId","authorId");--> statement-breakpoint
CREATE INDEX "demonstration_status" ON "demonstration" USING btree ("campaignId","status");--> statement-breakpoint
CREATE UNIQUE INDEX "invite_token" ON "invite" USING btree ("tokenHash");--> statement-breakpoint
CREATE UNIQUE INDEX "job_key" ON "job" USING btree ("key");--> statement-breakpoint
CREATE INDEX "job_status" ON "job" USING btree ("status","priority","createdAt");--> statement-breakpoint
CREATE UNIQUE INDEX "model_path" ON "model" USING btree ("path");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_text" ON "prompt" USING btree ("campaignId","text");--> statement-breakpoint
CREATE UNIQUE INDEX "ranking_labeler" ON "ranking" USING btree ("taskId","labelerId");--> statement-breakpoint
CREATE UNIQUE INDEX "round_number" ON "round" USING btree ("campaignId","number");--> statement-breakpoint
CREATE INDEX "run_campaign" ON "run" USING btree ("campaignId");--> statement-breakpoint
CREATE INDEX "snapshot_campaign" ON "snapshot" USING btree ("campaignId");--> statement-breakpoint
CREATE UNIQUE INDEX "task_prompt" ON "task" USING btree ("roundId","promptId");--> statement-breakpoint
CREATE INDEX "task_campaign" ON "task" USING btree ("campaignId");--> statement-breakpoint
CREATE UNIQUE INDEX "user_email" ON "user" USING btree ("email");