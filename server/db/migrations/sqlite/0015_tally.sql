CREATE TABLE `tally` (
	`labelerId` text NOT NULL,
	`roundId` text NOT NULL,
	`served` integer NOT NULL,
	`gold` integer NOT NULL,
	`calibration` integer NOT NULL,
	`ranked` integer NOT NULL,
	`beyond` integer NOT NULL,
	PRIMARY KEY(`labelerId`, `roundId`),
	FOREIGN KEY (`labelerId`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roundId`) REFERENCES `round`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `tally_round` ON `tally` (`roundId`);--> statement-breakpoint
INSERT INTO "tally" ("labelerId", "roundId", "served", "gold", "calibration", "ranked", "beyond")
SELECT "labelerId", "roundId", sum("served"), sum("gold"), sum("calibration"), sum("ranked"), sum("beyond") FROM (
	SELECT "assignment"."labelerId" AS "labelerId", CASE WHEN "assignment"."purpose" = 'ordinary' THEN "task"."roundId" ELSE coalesce((
		SELECT "round"."id" FROM "round" WHERE "round"."campaignId" = "task"."campaignId" AND "round"."createdAt" <= "assignment"."createdAt"
		ORDER BY "round"."number" DESC LIMIT 1
	), "task"."roundId") END AS "roundId",
		1 AS "served",
		CASE WHEN "assignment"."servedBecause" = 'gold' THEN 1 ELSE 0 END AS "gold",
		CASE WHEN "assignment"."servedBecause" = 'calibration' THEN 1 ELSE 0 END AS "calibration",
		0 AS "ranked", 0 AS "beyond"
	FROM "assignment" INNER JOIN "task" ON "task"."id" = "assignment"."taskId"
	UNION ALL
	SELECT "ranking"."labelerId" AS "labelerId", CASE WHEN "ranking"."purpose" = 'ordinary' THEN "task"."roundId" ELSE coalesce((
		SELECT "round"."id" FROM "round" WHERE "round"."campaignId" = "task"."campaignId" AND "round"."createdAt" <= "ranking"."createdAt"
		ORDER BY "round"."number" DESC LIMIT 1
	), "task"."roundId") END AS "roundId",
		0 AS "served", 0 AS "gold", 0 AS "calibration",
		1 AS "ranked", CASE WHEN "ranking"."purpose" = 'ordinary' THEN 0 ELSE 1 END AS "beyond"
	FROM "ranking" INNER JOIN "task" ON "task"."id" = "ranking"."taskId"
) AS "work"
GROUP BY "labelerId", "roundId";
