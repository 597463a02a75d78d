ALTER TABLE "round" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "gates" jsonb;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "rewardRunId" text;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "ppoRunId" text;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_rewardRunId_run_id_fk" FOREIGN KEY ("rewardRunId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_ppoRunId_run_id_fk" FOREIGN KEY ("ppoRunId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;