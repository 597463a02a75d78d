"use client";

import { useT } from "@/app/lib/i18n/client";
import type { Outputs } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { NumberField } from "@/app/ui/number-field";
import { Select } from "@/app/ui/select";
import { EndpointFields } from "./endpoint-fields";
import { newPart, type PartDraft, type RewardDraft } from "./reward-draft";

export interface RewardFieldsProps {
  models: Outputs["models"]["list"];
  programs: readonly string[];
  folder: string;
  value: RewardDraft;
  asked: boolean;
  onChange: (value: RewardDraft) => void;
}

/** What rewards the answers: a reward model, an ensemble, a program, an endpoint, or a weighted sum. */
export function RewardFields(props: RewardFieldsProps) {
  const { value, onChange } = props;
  const t = useT();
  const set = (place: number, change: Partial<PartDraft>) =>
    onChange({
      ...value,
      parts: value.parts.map((part, i) => (i === place ? { ...part, ...change } : part)),
    });
  const isSum = value.parts.length > 1;
  return (
    <fieldset className="grid gap-5">
      <legend className="mb-2 text-sm font-semibold">{t("runs.rewardModel")}</legend>
      {value.parts.map((part, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts have no other name, and none is moved
        <fieldset key={place} className="grid gap-4 border-l-2 border-edge pl-4">
          <legend className={isSum ? "mb-1 text-sm text-muted" : "sr-only"}>
            {t("reward.part", { place: place + 1 })}
          </legend>
          <PartFields {...props} part={part} set={(change) => set(place, change)} />
          <div className="flex flex-wrap items-end gap-4">
            {isSum || part.weight !== 1 ? (
              <NumberField
                label={t("reward.weight")}
                help={t("reward.weightHelp")}
                value={part.weight}
                error={props.asked && !part.weight ? t("field.required") : undefined}
                onChange={(weight) => set(place, { weight })}
              />
            ) : null}
            {isSum ? (
              <Button
                onClick={() =>
                  onChange({ ...value, parts: value.parts.filter((_, i) => i !== place) })
                }
              >
                {t("reward.remove", { place: place + 1 })}
              </Button>
            ) : null}
          </div>
        </fieldset>
      ))}
      {value.parts.length < 9 ? (
        <div>
          <Button onClick={() => onChange({ ...value, parts: [...value.parts, newPart()] })}>
            {t("reward.add")}
          </Button>
        </div>
      ) : null}
      {value.parts.some(({ kind }) => kind === "models") ? (
        <Checkbox
          label={t("reward.retokenise")}
          help={t("reward.retokeniseHelp")}
          checked={value.retokenise}
          onChange={({ target }) => onChange({ ...value, retokenise: target.checked })}
        />
      ) : null}
    </fieldset>
  );
}

const kinds = ["models", "program", "endpoint"] as const;

interface PartProps extends RewardFieldsProps {
  part: PartDraft;
  set: (change: Partial<PartDraft>) => void;
}

function PartFields({ models, programs, folder, asked, part, set }: PartProps) {
  const t = useT();
  const judges = models.filter(({ kind }) => kind === "reward");
  const missing = (is: boolean) => (asked && is ? t("field.required") : undefined);
  const membersOf = (id: string) => judges.find((one) => one.id === id)?.members ?? 1;
  const size = part.modelIds.reduce((sum, id) => sum + (id === "" ? 0 : membersOf(id)), 0);
  return (
    <>
      <Select
        label={t("reward.kind")}
        value={part.kind}
        onChange={({ target }) =>
          set({ kind: kinds.find((kind) => kind === target.value) ?? "models", file: "" })
        }
        options={kinds.map((kind) => ({ value: kind, label: t(`reward.kind.${kind}`) }))}
      />
      {part.kind === "models" ? (
        <>
          {part.modelIds.map((id, i) => (
            <Select
              // oxlint-disable-next-line react/no-array-index-key -- choices have no other name, and none is moved
              key={i}
              label={i === 0 ? t("reward.model") : t("reward.member", { place: i + 1 })}
              help={
                i > 0
                  ? undefined
                  : t(judges.length === 0 ? "runs.noRewardModels" : "runs.rewardModelHelp")
              }
              placeholder={t("runs.choose")}
              error={missing(i === 0 && !judges.some((one) => one.id === id))}
              value={id}
              onChange={({ target }) =>
                set({ modelIds: part.modelIds.map((one, at) => (at === i ? target.value : one)) })
              }
              options={judges.map((one) => ({
                value: one.id,
                label: `${one.name} (${one.members === null ? one.hash.slice(0, 8) : t("ensemble.members", { count: one.members })})`,
              }))}
            />
          ))}
          {part.modelIds.length < Math.min(9, judges.length) ? (
            <div>
              <Button onClick={() => set({ modelIds: [...part.modelIds, ""] })}>
                {t("reward.addMember")}
              </Button>
            </div>
          ) : null}
          {size > 1 ? (
            <div className="grid gap-4 sm:grid-cols-2">
              <Select
                label={t("reward.combine")}
                help={t("reward.combineHelp")}
                value={part.combine}
                onChange={({ target }) =>
                  set({ combine: rules.find((rule) => rule === target.value) ?? "mean" })
                }
                options={rules.map((rule) => ({ value: rule, label: t(`reward.combine.${rule}`) }))}
              />
              {part.combine === "uwo" ? (
                <NumberField
                  label={t("reward.lambda")}
                  help={t("reward.lambdaHelp")}
                  value={part.lambda}
                  error={missing(part.lambda === null || part.lambda < 0)}
                  onChange={(lambda) => set({ lambda })}
                />
              ) : null}
            </div>
          ) : null}
        </>
      ) : part.kind === "program" ? (
        <Select
          label={t("reward.program")}
          help={t("reward.programHelp", { folder })}
          placeholder={t("runs.choose")}
          error={missing(part.file === "")}
          value={part.file}
          onChange={({ target }) => set({ file: target.value })}
          options={programs.map((name) => ({ value: name, label: name }))}
        />
      ) : (
        <EndpointFields part={part} set={set} missing={missing} />
      )}
    </>
  );
}

const rules = ["mean", "wco", "uwo"] as const;
