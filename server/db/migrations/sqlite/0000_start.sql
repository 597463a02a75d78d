CREATE TABLE `assignment` (
	`id` text PRIMARY KEY NOT NULL,
	`taskId` text NOT NULL,
	`labelerId` text NOT NULL,
	`shownOrder` text NOT NULL,
	`draft` text,
	`status` text NOT NULL,
	`skipReason` text,
	`servedBecause` text NOT NULL,
	`leaseExpiresAt` integer NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`labelerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_labeler` ON `assignment` (`taskId`,`labelerId`);--> statement-breakpoint
CREATE INDEX `assignment_active` ON `assignment` (`labelerId`,`status`);--> statement-breakpoint
CREATE TABLE `campaign` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`guidelines` text NOT NULL,
	`status` text NOT NULL,
	`verifier` text,
	`policyModelId` text,
	`sftModelId` text,
	`rewardModelId` text,
	`completionsPerTask` integer NOT NULL,
	`tasksPerRound` integer NOT NULL,
	`overlap` integer NOT NULL,
	`round` integer DEFAULT 0 NOT NULL,
	`config` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	`openedAt` integer,
	FOREIGN KEY (`policyModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sftModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rewardModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `completion` (
	`id` text PRIMARY KEY NOT NULL,
	`promptId` text NOT NULL,
	`roundId` text,
	`modelId` text,
	`demonstrationId` text,
	`text` text NOT NULL,
	`seed` integer,
	`params` text NOT NULL,
	`finish` text NOT NULL,
	`correct` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`promptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roundId`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`modelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`demonstrationId`) REFERENCES `demonstration`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `completion_round` ON `completion` (`roundId`,`promptId`);--> statement-breakpoint
CREATE TABLE `demonstration` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`promptId` text NOT NULL,
	`authorId` text NOT NULL,
	`text` text NOT NULL,
	`status` text NOT NULL,
	`reviewerId` text,
	`reason` text,
	`simulated` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`promptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`authorId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `demonstration_author` ON `demonstration` (`promptId`,`authorId`);--> statement-breakpoint
CREATE INDEX `demonstration_status` ON `demonstration` (`campaignId`,`status`);--> statement-breakpoint
CREATE TABLE `invite` (
	`id` text PRIMARY KEY NOT NULL,
	`tokenHash` text NOT NULL,
	`role` text NOT NULL,
	`userId` text,
	`usesLeft` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invite_token` ON `invite` (`tokenHash`);--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`input` text NOT NULL,
	`key` text,
	`status` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`runAfter` integer,
	`progress` real,
	`message` text,
	`secondsLeft` real,
	`leaseExpiresAt` integer,
	`workerId` text,
	`error` text,
	`cancelRequested` integer DEFAULT false NOT NULL,
	`runId` text,
	`campaignId` text,
	`createdById` text,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL,
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_key` ON `job` (`key`);--> statement-breakpoint
CREATE INDEX `job_status` ON `job` (`status`,`priority`,`createdAt`);--> statement-breakpoint
CREATE TABLE `metric` (
	`runId` text NOT NULL,
	`step` integer NOT NULL,
	`values` text NOT NULL,
	PRIMARY KEY(`runId`, `step`),
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `model` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`path` text NOT NULL,
	`hash` text NOT NULL,
	`architecture` text NOT NULL,
	`parameters` integer NOT NULL,
	`parentId` text,
	`runId` text,
	`campaignId` text,
	`exact` real,
	`source` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`parentId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `model_path` ON `model` (`path`);--> statement-breakpoint
CREATE TABLE `prompt` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`text` text NOT NULL,
	`split` text NOT NULL,
	`source` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_text` ON `prompt` (`campaignId`,`text`);--> statement-breakpoint
CREATE TABLE `ranking` (
	`id` text PRIMARY KEY NOT NULL,
	`taskId` text NOT NULL,
	`assignmentId` text NOT NULL,
	`labelerId` text NOT NULL,
	`groups` text NOT NULL,
	`notRankable` text NOT NULL,
	`noneAcceptable` integer DEFAULT false NOT NULL,
	`comment` text,
	`seconds` real NOT NULL,
	`simulated` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`taskId`) REFERENCES `task`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignmentId`) REFERENCES `assignment`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`labelerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ranking_labeler` ON `ranking` (`taskId`,`labelerId`);--> statement-breakpoint
CREATE TABLE `round` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`policyModelId` text NOT NULL,
	`snapshotId` text,
	`rewardModelId` text,
	`nextPolicyModelId` text,
	`exact` real,
	`createdAt` integer NOT NULL,
	`endedAt` integer,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`policyModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`snapshotId`) REFERENCES `snapshot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rewardModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`nextPolicyModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `round_number` ON `round` (`campaignId`,`number`);--> statement-breakpoint
CREATE TABLE `run` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`campaignId` text,
	`roundId` text,
	`snapshotId` text,
	`modelId` text,
	`rewardModelId` text,
	`outputModelId` text,
	`config` text NOT NULL,
	`seed` integer NOT NULL,
	`status` text NOT NULL,
	`error` text,
	`step` integer DEFAULT 0 NOT NULL,
	`totalSteps` integer DEFAULT 0 NOT NULL,
	`secondsLeft` real,
	`startedAt` integer,
	`endedAt` integer,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roundId`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`snapshotId`) REFERENCES `snapshot`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`modelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rewardModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outputModelId`) REFERENCES `model`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_campaign` ON `run` (`campaignId`);--> statement-breakpoint
CREATE TABLE `sample` (
	`runId` text NOT NULL,
	`step` integer NOT NULL,
	`place` integer NOT NULL,
	`prompt` text NOT NULL,
	`completion` text NOT NULL,
	`score` real,
	PRIMARY KEY(`runId`, `step`, `place`),
	FOREIGN KEY (`runId`) REFERENCES `run`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `snapshot` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`roundId` text,
	`hash` text NOT NULL,
	`includeSimulated` integer NOT NULL,
	`counts` text NOT NULL,
	`path` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roundId`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `snapshot_campaign` ON `snapshot` (`campaignId`);--> statement-breakpoint
CREATE TABLE `task` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`roundId` text NOT NULL,
	`promptId` text NOT NULL,
	`completionIds` text NOT NULL,
	`overlap` integer NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roundId`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`promptId`) REFERENCES `prompt`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `task_prompt` ON `task` (`roundId`,`promptId`);--> statement-breakpoint
CREATE INDEX `task_campaign` ON `task` (`campaignId`);--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`passwordHash` text,
	`role` text NOT NULL,
	`simulated` integer DEFAULT false NOT NULL,
	`sessionVersion` integer DEFAULT 1 NOT NULL,
	`locale` text,
	`disabledAt` integer,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_email` ON `user` (`email`);