"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Checkbox } from "@/app/ui/checkbox";
import { useToast } from "@/app/ui/toast";

interface LanguagesProps {
  /** null: any */
  mine: readonly string[] | null;
  choices: readonly string[];
}

/** Which languages one reads; saved with every press. */
export function Languages({ mine, choices }: LanguagesProps) {
  const t = useT();
  const locale = useLocale();
  const trpc = useTRPC();
  const toast = useToast();
  const [chosen, setChosen] = useState(mine);
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const save = useMutation(
    trpc.work.setLanguages.mutationOptions({
      onError: (error) => toast({ text: errorMessage(error, t), tone: "danger" }),
      onSuccess: () => toast({ text: t("work.languages.saved") }),
    }),
  );
  const choose = (languages: string[] | null) => {
    setChosen(languages);
    save.mutate({ languages });
  };
  return (
    <fieldset className="flex flex-wrap gap-x-6 gap-y-2">
      <legend className="sr-only">{t("work.languages")}</legend>
      <Checkbox
        label={t("work.languages.any")}
        checked={chosen === null}
        onChange={(event) => choose(event.target.checked ? null : [...choices])}
      />
      {choices.map((language) => (
        <Checkbox
          key={language}
          label={names.of(language) ?? language}
          checked={chosen === null || chosen.includes(language)}
          onChange={(event) => {
            const others = (chosen ?? choices).filter((one) => one !== language);
            choose(event.target.checked ? [...others, language] : others);
          }}
        />
      ))}
    </fieldset>
  );
}
