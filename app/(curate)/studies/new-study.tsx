"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import { type CrowdMarket, zCrowdMarket } from "@/server/domain/crowd";
import type { CampaignId, StudyId } from "@/server/domain/ids";

interface NewStudyProps {
  campaignId: CampaignId;
  onMade: (study: { id: StudyId; market: CrowdMarket }) => void;
}

/** Makes a study; its link is shown as soon as it is made. */
export function NewStudy({ campaignId, onMade }: NewStudyProps) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("studies.new")}</Button>
      {asking && (
        <StudyDialog
          campaignId={campaignId}
          onClose={() => setAsking(false)}
          onMade={(made) => {
            setAsking(false);
            onMade(made);
          }}
        />
      )}
    </>
  );
}

function StudyDialog({ campaignId, onMade, onClose }: NewStudyProps & { onClose: () => void }) {
  const t = useT();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [market, setMarket] = useState<CrowdMarket>("prolific");
  const [name, setName] = useState("");
  const [tasks, setTasks] = useState<number | null>(10);
  const [code, setCode] = useState("");
  const [returnUrl, setReturnUrl] = useState("");
  const create = useMutation(
    trpc.studies.create.mutationOptions({
      onSuccess: async ({ id }) => {
        onMade({ id, market });
        await queries.invalidateQueries(trpc.studies.pathFilter());
      },
    }),
  );
  const fields = fieldErrors(create.error);
  const submit = () => {
    if (tasks === null) return;
    const back = market === "other" && returnUrl.trim() !== "" ? returnUrl : null;
    create.mutate({ campaignId, market, name, tasks, code: code.trim() || null, returnUrl: back });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("studies.new")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="primary"
            busy={create.isPending}
            disabled={tasks === null || name.trim() === ""}
            onClick={submit}
          >
            {t("studies.create")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label={t("studies.market")}
          value={market}
          onChange={(event) => setMarket(zCrowdMarket.parse(event.target.value))}
          options={zCrowdMarket.options.map((value) => ({
            value,
            label: t(`studies.market.${value}`),
          }))}
        />
        <TextField
          label={t("studies.name")}
          help={t("studies.name.help")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fields.name}
        />
        <NumberField
          label={t("studies.tasks")}
          help={t("studies.tasks.help")}
          value={tasks}
          onChange={setTasks}
          error={fields.tasks}
        />
        <TextField
          label={t("studies.code")}
          help={t(market === "prolific" ? "studies.code.prolific" : "studies.code.help")}
          note={market === "prolific" ? undefined : t("field.optional")}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={fields.code}
        />
        {market === "other" && (
          <TextField
            label={t("studies.returnUrl")}
            help={t("studies.returnUrl.help")}
            note={t("field.optional")}
            value={returnUrl}
            onChange={(event) => setReturnUrl(event.target.value)}
            error={fields.returnUrl}
          />
        )}
        {create.isError && !fields.any && <ErrorState message={errorMessage(create.error, t)} />}
      </div>
    </Dialog>
  );
}
