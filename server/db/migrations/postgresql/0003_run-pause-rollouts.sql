ALTER TABLE "job" ADD COLUMN "pauseRequested" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "seconds" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run" ADD COLUMN "memory" jsonb;--> statement-breakpoint
ALTER TABLE "sample" ADD COLUMN "rawScore" double precision;--> statement-breakpoint
ALTER TABLE "sample" ADD COLUMN "tokens" jsonb;