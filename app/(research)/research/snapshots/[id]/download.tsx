"use client";

import { Download as DownloadIcon } from "lucide-react";
import { useState } from "react";
import { useT } from "@/app/lib/i18n/client";
import { buttonClass } from "@/app/ui/button";
import { Checkbox } from "@/app/ui/checkbox";
import { Choice } from "@/app/ui/preferences";

interface DownloadProps {
  id: string;
  /** Rankings by programs inside this snapshot. */
  simulated: number;
  heldout: number;
}

const examples = {
  kwise:
    '{"id": "…", "prompt": "…", "completions": [{"id": "a", "text": "…"}, …], "ranking": [["b"], ["a", "c"], ["d"]], "not_rankable": [], "labeler": "…", "simulated": false, "split": "train", …}',
  pairs:
    '{"prompt": "…", "chosen": "…", "rejected": "…", "ranking_id": "…", "prompt_id": "…", "labeler": "…", "simulated": false, "split": "train"}',
};

/** Chooses a format and a side; the button is a plain link, so the browser shows how far it is. */
export function Download({ id, simulated, heldout }: DownloadProps) {
  const t = useT();
  const [format, setFormat] = useState<"kwise" | "pairs">("kwise");
  const [split, setSplit] = useState<"all" | "train" | "heldout">("all");
  const [gzip, setGzip] = useState(true);
  const [includeSimulated, setIncludeSimulated] = useState(false);
  const query = new URLSearchParams({ format, split });
  if (!gzip) query.set("gzip", "false");
  if (includeSimulated) query.set("simulated", "true");
  return (
    <div className="grid max-w-[75ch] gap-4">
      <Choice
        legend={t("export.format")}
        value={format}
        onChange={setFormat}
        options={[
          { value: "kwise", label: t("export.kwise") },
          { value: "pairs", label: t("export.pairs") },
        ]}
      />
      <div>
        <p>{t(format === "kwise" ? "export.kwiseHelp" : "export.pairsHelp")}</p>
        <p className="mt-1 text-sm text-muted">
          <code>{examples[format]}</code>
        </p>
      </div>
      {heldout > 0 ? (
        <Choice
          legend={t("export.split")}
          value={split}
          onChange={setSplit}
          options={[
            { value: "all", label: t("export.all") },
            { value: "train", label: t("snapshots.train") },
            { value: "heldout", label: t("snapshots.heldout") },
          ]}
        />
      ) : null}
      <div className="grid gap-2">
        <Checkbox
          label={t("export.gzip")}
          checked={gzip}
          onChange={(event) => setGzip(event.target.checked)}
        />
        {simulated > 0 ? (
          <Checkbox
            label={t("export.simulated", { count: simulated })}
            help={t("export.simulatedHelp")}
            checked={includeSimulated}
            onChange={(event) => setIncludeSimulated(event.target.checked)}
          />
        ) : null}
      </div>
      <div>
        <a
          className={buttonClass("primary")}
          href={`/research/snapshots/${id}/export?${query.toString()}`}
          download
        >
          <DownloadIcon aria-hidden className="size-4" />
          {t("export.download")}
        </a>
      </div>
    </div>
  );
}
