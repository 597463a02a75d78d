CREATE TABLE `prompt_archive` (
	`promptId` text PRIMARY KEY NOT NULL,
	`keptId` text,
	`archivedById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`promptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`keptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`archivedById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `prompt_band` (
	`key` integer NOT NULL,
	`promptId` text NOT NULL,
	PRIMARY KEY(`key`, `promptId`)
);
--> statement-breakpoint
CREATE INDEX `prompt_band_prompt` ON `prompt_band` (`promptId`);--> statement-breakpoint
CREATE TABLE `prompt_cluster` (
	`campaignId` text NOT NULL,
	`name` text NOT NULL,
	`words` text NOT NULL,
	`computedAt` integer NOT NULL,
	PRIMARY KEY(`campaignId`, `name`),
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `prompt_draft` (
	`id` text PRIMARY KEY NOT NULL,
	`importId` text NOT NULL,
	`line` integer NOT NULL,
	`text` text NOT NULL,
	`textHash` integer NOT NULL,
	`language` text,
	`cluster` text,
	`priority` integer DEFAULT 0 NOT NULL,
	`source` text,
	`state` text NOT NULL,
	`nearId` text,
	`resemblance` real,
	`personal` text,
	`bad` text,
	FOREIGN KEY (`importId`) REFERENCES `prompt_import`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_draft_line` ON `prompt_draft` (`importId`,`line`);--> statement-breakpoint
CREATE INDEX `prompt_draft_text` ON `prompt_draft` (`importId`,`textHash`);--> statement-breakpoint
CREATE TABLE `prompt_import` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`source` text NOT NULL,
	`status` text NOT NULL,
	`pieces` integer DEFAULT 0 NOT NULL,
	`counts` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `prompt_import_campaign` ON `prompt_import` (`campaignId`,`status`);--> statement-breakpoint
CREATE TABLE `prompt_likeness` (
	`promptId` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`groupId` text NOT NULL,
	`resemblance` real NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `prompt_likeness_group` ON `prompt_likeness` (`campaignId`,`groupId`);