ALTER TABLE `task` ADD `placed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `task` ADD `open` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `task_open` ON `task` (`roundId`,`calibration`,`open`,`id`,`overlap`,`placed`);--> statement-breakpoint
CREATE INDEX `assignment_by` ON `assignment` (`labelerId`,`createdAt`);--> statement-breakpoint
CREATE INDEX `ranking_assignment` ON `ranking` (`assignmentId`);--> statement-breakpoint
CREATE INDEX `ranking_beyond` ON `ranking` (`createdAt`) WHERE purpose <> 'ordinary';--> statement-breakpoint
UPDATE `task` SET `placed` = (SELECT count(*) FROM `ranking` WHERE `ranking`.`taskId` = `task`.`id` AND `ranking`.`purpose` = 'ordinary');--> statement-breakpoint
UPDATE `task` SET `open` = (`calibration` OR `placed` < `overlap`);