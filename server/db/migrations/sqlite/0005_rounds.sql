ALTER TABLE `round` ADD `held` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `round` ADD `gates` text;--> statement-breakpoint
ALTER TABLE `round` ADD `rewardRunId` text REFERENCES run(id);--> statement-breakpoint
ALTER TABLE `round` ADD `ppoRunId` text REFERENCES run(id);