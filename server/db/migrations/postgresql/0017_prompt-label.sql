ALTER TABLE "prompt" ADD COLUMN "label" text;--> statement-breakpoint
ALTER TABLE "prompt_draft" ADD COLUMN "label" text;