"use client";

import { useMutation } from "@tanstack/react-query";
import { usePeopleChanged } from "@/app/(curate)/people/use-people";
import { errorMessage, fieldErrors } from "@/app/lib/error-message";
import { formText } from "@/app/lib/form-text";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Select } from "@/app/ui/select";
import { TextField } from "@/app/ui/text-field";
import type { CampaignId } from "@/server/domain/ids";
import { zCampaignRole } from "@/server/domain/roles";

/** Adds somebody who has an account, by their e-mail address. */
export function AddMember({ campaignId }: { campaignId: CampaignId }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = usePeopleChanged();
  const add = useMutation(trpc.people.setMember.mutationOptions());
  const error = add.error ? (fieldErrors(add.error).any ?? errorMessage(add.error, t)) : undefined;
  return (
    <form
      aria-label={t("members.add")}
      className="flex max-w-2xl flex-wrap items-end gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        const role = zCampaignRole.parse(formText(data, "role"));
        add.mutate(
          { campaignId, person: { email: formText(data, "email") }, role },
          {
            onSuccess: ({ name }) => {
              form.reset();
              void done(t("members.set", { name, role: t(`role.${role}`) }));
            },
          },
        );
      }}
    >
      <TextField
        label={t("members.add.email")}
        name="email"
        type="email"
        autoComplete="off"
        required
        error={error}
        className="min-w-64 flex-1"
      />
      <Select
        label={t("people.role")}
        name="role"
        defaultValue="labeler"
        options={zCampaignRole.options.map((value) => ({ value, label: t(`role.${value}`) }))}
        className="w-36"
      />
      <Button type="submit" busy={add.isPending}>
        {t("members.add.submit")}
      </Button>
    </form>
  );
}
