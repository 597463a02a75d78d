CREATE TABLE `ensemble` (
	`modelId` text PRIMARY KEY NOT NULL,
	`members` integer NOT NULL,
	FOREIGN KEY (`modelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `run_input` (
	`runId` text PRIMARY KEY NOT NULL,
	`reward` text,
	`secrets` text,
	`ptx` text,
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `run_report` (
	`runId` text PRIMARY KEY NOT NULL,
	`report` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action
);
