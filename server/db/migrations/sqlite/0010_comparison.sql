CREATE TABLE `comparison` (
	`rankingId` text PRIMARY KEY NOT NULL,
	`taskId` text NOT NULL,
	`leftId` text NOT NULL,
	`rightId` text NOT NULL,
	`steps` integer NOT NULL,
	`preference` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`rankingId`) REFERENCES `ranking`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leftId`) REFERENCES `completion`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rightId`) REFERENCES `completion`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comparison_task` ON `comparison` (`taskId`);