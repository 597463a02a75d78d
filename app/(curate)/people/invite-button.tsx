"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import type { CampaignId } from "@/server/domain/ids";
import { type Role, zCampaignRole, zRole } from "@/server/domain/roles";
import { LinkDialog } from "./link-dialog";
import { usePeopleChanged } from "./use-people";

/** Makes a link that lets people in as a role, a number of times, for some days. */
export function InviteButton({ campaignId }: { campaignId?: CampaignId }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  return (
    <>
      <Button
        look={campaignId ? "secondary" : "primary"}
        onClick={() => setAsking(true)}
        icon={<UserPlus aria-hidden className="size-4" />}
      >
        {t("invite.new")}
      </Button>
      {asking && (
        <InviteDialog
          campaignId={campaignId}
          onClose={() => setAsking(false)}
          onLink={(made) => {
            setAsking(false);
            setPath(made);
          }}
        />
      )}
      {path && (
        <LinkDialog
          title={t("invite.link.title")}
          what={t("invite.link.what")}
          path={path}
          onClose={() => setPath(null)}
        />
      )}
    </>
  );
}

interface InviteDialogProps {
  /** The one campaign to invite to; chosen in the dialog when absent. */
  campaignId?: CampaignId;
  onClose: () => void;
  onLink: (path: string) => void;
}

function InviteDialog(props: InviteDialogProps) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = usePeopleChanged();
  const [role, setRole] = useState<Role>("labeler");
  const [chosen, setChosen] = useState<string>(props.campaignId ?? "");
  const campaigns = useQuery({
    ...trpc.campaigns.list.queryOptions(),
    enabled: props.campaignId === undefined,
  });
  const campaignId = props.campaignId ?? campaigns.data?.find((row) => row.id === chosen)?.id;
  // a guest is somebody without a role in all campaigns: inside one it would mean nothing
  const choices: readonly Role[] = campaignId ? zCampaignRole.options : zRole.options;
  const [uses, setUses] = useState<number | null>(10);
  const [days, setDays] = useState("7");
  const wrong = uses === null || !Number.isInteger(uses) || uses < 1 || uses > 1000;
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess: async ({ path }) => {
        props.onLink(path);
        await done();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t("invite.new")}
      actions={
        <>
          <Button onClick={props.onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            disabled={wrong}
            busy={invite.isPending}
            onClick={() =>
              uses !== null &&
              invite.mutate({ role, uses, days: Number(days), campaignId: campaignId ?? null })
            }
          >
            {t("invite.create")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {props.campaignId === undefined && (
          <Select
            label={t("invite.campaign")}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value);
              if (role === "guest") setRole("labeler");
            }}
            placeholder={t("invite.campaign.all")}
            options={(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Select
          label={t("invite.role")}
          value={role}
          onChange={(event) => setRole(zRole.parse(event.target.value))}
          options={choices.map((value) => ({
            value,
            label: t(value === "guest" ? "invite.role.guest" : `role.${value}`),
          }))}
        />
        <NumberField
          label={t("invite.uses")}
          value={uses}
          onChange={setUses}
          error={wrong && t("invite.wrong.uses")}
        />
        <Select
          label={t("invite.days")}
          value={days}
          onChange={(event) => setDays(event.target.value)}
          options={[1, 7, 30, 90].map((count) => ({
            value: String(count),
            label: t("invite.days.count", { count }),
          }))}
        />
        {invite.isError && <ErrorState message={errorMessage(invite.error, t)} />}
      </div>
    </Dialog>
  );
}
