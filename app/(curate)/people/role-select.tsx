"use client";

import { useMutation } from "@tanstack/react-query";
import { useT } from "@/app/lib/i18n/client";
import { type Outputs, useTRPC } from "@/app/lib/trpc";
import { Select } from "@/app/ui/select";
import { type Role, zRole } from "@/server/domain/roles";
import { usePeopleChanged } from "./use-people";

/** Changes a person's role at once; the server keeps the last admin from losing it. */
export function RoleSelect({ person }: { person: Outputs["people"]["list"]["rows"][number] }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = usePeopleChanged();
  const named = (role: Role) => t(`role.${role}`);
  const change = useMutation(
    trpc.people.setRole.mutationOptions({
      onError,
      onSuccess: (_, { role }) =>
        done(t("people.role.changed", { name: person.name, role: named(role) })),
    }),
  );
  return (
    <Select
      label={<span className="sr-only">{t("people.role.of", { name: person.name })}</span>}
      value={change.isPending ? change.variables.role : person.role}
      disabled={change.isPending}
      onChange={(event) =>
        change.mutate({ userId: person.id, role: zRole.parse(event.target.value) })
      }
      options={zRole.options.map((role) => ({ value: role, label: named(role) }))}
      className="min-w-32 gap-0 [&_select]:text-sm"
    />
  );
}
