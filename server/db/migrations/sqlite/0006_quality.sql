CREATE TABLE `adjudication` (
	`id` text PRIMARY KEY NOT NULL,
	`taskId` text NOT NULL,
	`reviewerId` text NOT NULL,
	`groups` text NOT NULL,
	`notRankable` text NOT NULL,
	`reason` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adjudication_task` ON `adjudication` (`taskId`);--> statement-breakpoint
CREATE TABLE `gold` (
	`id` text PRIMARY KEY NOT NULL,
	`taskId` text NOT NULL,
	`campaignId` text NOT NULL,
	`expected` text NOT NULL,
	`retiredAt` integer,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gold_task` ON `gold` (`taskId`);--> statement-breakpoint
CREATE INDEX `gold_campaign` ON `gold` (`campaignId`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`labelerId` text NOT NULL,
	`measure` text NOT NULL,
	`action` text NOT NULL,
	`value` real,
	`threshold` real,
	`rankings` integer NOT NULL,
	`note` text,
	`createdById` text,
	`createdAt` integer NOT NULL,
	`seenAt` integer,
	`resolvedAt` integer,
	`resolvedById` text,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`labelerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resolvedById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_labeler` ON `notice` (`labelerId`,`campaignId`);--> statement-breakpoint
CREATE TABLE `quality` (
	`campaignId` text PRIMARY KEY NOT NULL,
	`report` text NOT NULL,
	`measuredAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `assignment` ADD `purpose` text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
ALTER TABLE `demonstration` ADD `written` text;--> statement-breakpoint
ALTER TABLE `prompt` ADD `language` text;--> statement-breakpoint
ALTER TABLE `prompt` ADD `cluster` text;--> statement-breakpoint
ALTER TABLE `prompt` ADD `priority` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `ranking` ADD `purpose` text DEFAULT 'ordinary' NOT NULL;--> statement-breakpoint
CREATE INDEX `ranking_by` ON `ranking` (`labelerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `ranking_created` ON `ranking` (`createdAt`);--> statement-breakpoint
ALTER TABLE `task` ADD `calibration` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `task` ADD `uncertainty` real;--> statement-breakpoint
ALTER TABLE `user` ADD `languages` text;--> statement-breakpoint
ALTER TABLE `user` ADD `qualifications` text;