CREATE TABLE `completion_origin` (
	`completionId` text PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	FOREIGN KEY (`completionId`) REFERENCES `completion`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `given_answer` (
	`promptId` text NOT NULL,
	`place` integer NOT NULL,
	`text` text NOT NULL,
	`origin` text NOT NULL,
	PRIMARY KEY(`promptId`, `place`),
	FOREIGN KEY (`promptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `ranking_by`;--> statement-breakpoint
CREATE INDEX `ranking_simulated` ON `ranking` (`taskId`) WHERE simulated;--> statement-breakpoint
CREATE INDEX `ranking_by` ON `ranking` (`labelerId`,`createdAt`,`taskId`,`simulated`,`seconds`);--> statement-breakpoint
DROP INDEX `task_campaign`;--> statement-breakpoint
CREATE INDEX `task_campaign` ON `task` (`campaignId`,`roundId`,`createdAt`,`id`);--> statement-breakpoint
ALTER TABLE `prompt_draft` ADD `answers` text;--> statement-breakpoint
CREATE INDEX `prompt_listed` ON `prompt` (`campaignId`,`createdAt`,`id`,`split`);--> statement-breakpoint
CREATE INDEX `prompt_told` ON `prompt` (`campaignId`,`source`,`cluster`,`language`);