"use client";

import { useT } from "@/app/lib/i18n/client";
import { Button } from "@/app/ui/button";
import type { Template } from "@/server/domain/writing";

interface TemplatesProps {
  templates: readonly Template[];
  onInsert: (text: string) => void;
}

/** Shapes of good answers, put at the end of what is written. */
export function Templates({ templates, onInsert }: TemplatesProps) {
  const t = useT();
  return (
    <section
      aria-label={t("demonstrate.templates")}
      className="mt-3 flex flex-wrap items-center gap-2"
    >
      <p className="text-sm text-muted">{t("demonstrate.templates")}</p>
      {templates.map(({ name, text }) => (
        <Button
          key={name}
          look="quiet"
          aria-label={t("demonstrate.template.insert", { name })}
          onClick={() => onInsert(text)}
        >
          {name}
        </Button>
      ))}
    </section>
  );
}
