CREATE TABLE `agreement` (
	`consentId` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`consentId`, `userId`),
	FOREIGN KEY (`consentId`) REFERENCES `consent`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`actorId` text,
	`action` text NOT NULL,
	`targetId` text NOT NULL,
	`targetName` text NOT NULL,
	`campaignId` text,
	`before` text,
	`after` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`actorId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `audit_time` ON `audit` (`createdAt`);--> statement-breakpoint
CREATE INDEX `audit_target` ON `audit` (`targetId`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit` (`actorId`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_version` ON `consent` (`version`);--> statement-breakpoint
CREATE TABLE `erasure` (
	`userId` text PRIMARY KEY NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `identity` (
	`provider` text NOT NULL,
	`subject` text NOT NULL,
	`userId` text NOT NULL,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`provider`, `subject`),
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `identity_user` ON `identity` (`userId`);--> statement-breakpoint
CREATE TABLE `link_request` (
	`userId` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `member` (
	`campaignId` text NOT NULL,
	`userId` text NOT NULL,
	`role` text NOT NULL,
	`createdAt` integer NOT NULL,
	PRIMARY KEY(`campaignId`, `userId`),
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `member_user` ON `member` (`userId`);--> statement-breakpoint
CREATE TABLE `participation` (
	`id` text PRIMARY KEY NOT NULL,
	`studyId` text NOT NULL,
	`userId` text NOT NULL,
	`submission` text,
	`submitTo` text,
	`code` text NOT NULL,
	`completedAt` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`studyId`) REFERENCES `study`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `participation_user` ON `participation` (`studyId`,`userId`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`userId` text NOT NULL,
	`method` text NOT NULL,
	`device` text NOT NULL,
	`seenAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`endedAt` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`userId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_user` ON `session` (`userId`);--> statement-breakpoint
CREATE TABLE `study` (
	`id` text PRIMARY KEY NOT NULL,
	`campaignId` text NOT NULL,
	`name` text NOT NULL,
	`market` text NOT NULL,
	`tasks` integer NOT NULL,
	`code` text,
	`returnUrl` text,
	`status` text NOT NULL,
	`createdById` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`campaignId`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdById`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `study_campaign` ON `study` (`campaignId`);--> statement-breakpoint
ALTER TABLE `campaign` ADD `membersOnly` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `invite` ADD `campaignId` text REFERENCES campaign(id);--> statement-breakpoint
ALTER TABLE `invite` ADD `revokedAt` integer;--> statement-breakpoint
ALTER TABLE `user` DROP COLUMN `sessionVersion`;