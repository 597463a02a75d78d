CREATE TABLE `guideline` (
	`campaignId` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`campaignId`, `version`),
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `quiz` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`userId` text NOT NULL,
	`items` integer NOT NULL,
	`passMark` real NOT NULL,
	`right` integer,
	`passed` integer,
	`createdAt` integer NOT NULL,
	`endedAt` integer,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `quiz_user` ON `quiz` (`userId`,`campaignId`);--> statement-breakpoint
CREATE TABLE `quiz_item` (
	`quizId` text NOT NULL,
	`place` integer NOT NULL,
	`userId` text NOT NULL,
	`taskId` text NOT NULL,
	`shownOrder` text NOT NULL,
	`groups` text,
	`right` integer,
	PRIMARY KEY(`quizId`, `place`),
	FOREIGN KEY (`quizId`) REFERENCES `quiz`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `quiz_item_user` ON `quiz_item` (`userId`,`taskId`);--> statement-breakpoint
CREATE TABLE `screening` (
	`campaignId` text NOT NULL,
	`userId` text NOT NULL,
	`answers` text NOT NULL,
	`accepted` integer NOT NULL,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`campaignId`, `userId`),
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `assignment` ADD `guidelinesVersion` integer;--> statement-breakpoint
CREATE INDEX `assignment_by` ON `assignment` (`labelerId`,`createdAt`);--> statement-breakpoint
ALTER TABLE `demonstration` ADD `guidelinesVersion` integer;--> statement-breakpoint
ALTER TABLE `ranking` ADD `guidelinesVersion` integer;--> statement-breakpoint
CREATE INDEX `ranking_assignment` ON `ranking` (`assignmentId`);--> statement-breakpoint
CREATE INDEX `ranking_beyond` ON `ranking` (`createdAt`) WHERE purpose <> 'ordinary';--> statement-breakpoint
ALTER TABLE `task` ADD `placed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `task` ADD `open` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `task_open` ON `task` (`roundId`,`calibration`,`open`,`id`,`overlap`,`placed`);--> statement-breakpoint
ALTER TABLE `gold` ADD `explanation` text;--> statement-breakpoint
UPDATE `task` SET `placed` = (SELECT count(*) FROM `ranking` WHERE `ranking`.`taskId` = `task`.`id` AND `ranking`.`purpose` = 'ordinary');--> statement-breakpoint
UPDATE `task` SET `open` = (`calibration` OR `placed` < `overlap`);
