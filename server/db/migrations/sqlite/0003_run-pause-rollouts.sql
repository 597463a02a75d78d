ALTER TABLE `job` ADD `pauseRequested` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `run` ADD `seconds` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `run` ADD `memory` text;--> statement-breakpoint
ALTER TABLE `sample` ADD `rawScore` real;--> statement-breakpoint
ALTER TABLE `sample` ADD `tokens` text;