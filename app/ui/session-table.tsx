"use client";

import type { ReactNode } from "react";
import type { MessageKey } from "@/app/lib/i18n/catalogue";
import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Button } from "./button";
import { RelativeTime } from "./relative-time";
import { Table } from "./table";
import { Tag } from "./tag";

type Session = Outputs["account"]["sessions"][number];

interface SessionTableProps {
  sessions: Session[];
  busyId?: string;
  onEnd: (session: Session) => void;
  empty?: ReactNode;
}

const methods: Record<string, MessageKey> = {
  password: "sessions.method.password",
  link: "sessions.method.link",
  crowd: "sessions.method.crowd",
};

/** Where somebody is signed in; each but the one that looks can be ended. */
export function SessionTable({ sessions, busyId, onEnd, empty }: SessionTableProps) {
  const t = useT();
  const named = (device: string) =>
    device === "" || device === "?" ? t("sessions.unknownDevice") : device;
  return (
    <Table
      caption={t("sessions.table")}
      rows={sessions}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: "device",
          header: t("sessions.device"),
          rowHeader: true,
          cell: (row) => (
            <span className="flex flex-wrap items-center gap-2">
              {named(row.device)}
              {row.current && <Tag>{t("sessions.current")}</Tag>}
            </span>
          ),
        },
        {
          key: "method",
          header: t("sessions.method"),
          cell: (row) => {
            const method = methods[row.method];
            return method ? t(method) : row.method;
          },
        },
        {
          key: "seen",
          header: t("sessions.seen"),
          cell: (row) => <RelativeTime at={row.seenAt} />,
        },
        {
          key: "begun",
          header: t("sessions.begun"),
          cell: (row) => <RelativeTime at={row.createdAt} />,
        },
        {
          key: "end",
          header: t("sessions.actions"),
          cell: (row) =>
            row.current ? null : (
              <Button
                look="quiet"
                aria-label={t("sessions.end.of", { device: named(row.device) })}
                busy={busyId === row.id}
                onClick={() => onEnd(row)}
              >
                {t("sessions.end")}
              </Button>
            ),
        },
      ]}
    />
  );
}
