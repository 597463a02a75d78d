CREATE TABLE "campaign_agreement" (
	"consentId" text NOT NULL,
	"userId" text NOT NULL,
	"createdAt" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "campaign_agreement_consentId_userId_pk" PRIMARY KEY("consentId","userId")
);
--> statement-breakpoint
CREATE TABLE "campaign_consent" (
	"id" text PRIMARY KEY NOT NULL,
	"campaignId" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"createdById" text,
	"createdAt" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "campaign_agreement" ADD CONSTRAINT "campaign_agreement_consentId_campaign_consent_id_fk" FOREIGN KEY ("consentId") REFERENCES "public"."campaign_consent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_agreement" ADD CONSTRAINT "campaign_agreement_userId_user_id_fk" FOREIGN KEY ("userId") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_consent" ADD CONSTRAINT "campaign_consent_campaignId_campaign_id_fk" FOREIGN KEY ("campaignId") REFERENCES "public"."campaign"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaign_consent" ADD CONSTRAINT "campaign_consent_createdById_user_id_fk" FOREIGN KEY ("createdById") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "campaign_agreement_user" ON "campaign_agreement" USING btree ("userId");--> statement-breakpoint
CREATE UNIQUE INDEX "campaign_consent_version" ON "campaign_consent" USING btree ("campaignId","version");