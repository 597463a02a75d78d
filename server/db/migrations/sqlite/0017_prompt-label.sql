ALTER TABLE `prompt` ADD `label` text;--> statement-breakpoint
ALTER TABLE `prompt_draft` ADD `label` text;