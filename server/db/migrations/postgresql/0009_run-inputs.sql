CREATE TABLE "ensemble" (
	"modelId" text NOT NULL,
	"members" integer NOT NULL,
	CONSTRAINT "ensemble_modelId_pk" PRIMARY KEY("modelId")
);
--> statement-breakpoint
CREATE TABLE "run_input" (
	"runId" text NOT NULL,
	"reward" jsonb,
	"secrets" jsonb,
	"ptx" jsonb,
	CONSTRAINT "run_input_runId_pk" PRIMARY KEY("runId")
);
--> statement-breakpoint
CREATE TABLE "run_report" (
	"runId" text NOT NULL,
	"report" jsonb NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "run_report_runId_pk" PRIMARY KEY("runId")
);
--> statement-breakpoint
ALTER TABLE "ensemble" ADD CONSTRAINT "ensemble_modelId_model_id_fk" FOREIGN KEY ("modelId") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_input" ADD CONSTRAINT "run_input_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_report" ADD CONSTRAINT "run_report_runId_run_id_fk" FOREIGN KEY ("runId") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;