CREATE TABLE `campaign_agreement` (
	`consentId` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`consentId`, `userId`),
	FOREIGN KEY (`consentId`) REFERENCES `campaign_consent`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `campaign_agreement_user` ON `campaign_agreement` (`userId`);--> statement-breakpoint
CREATE TABLE `campaign_consent` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_consent_version` ON `campaign_consent` (`campaignId`,`version`);