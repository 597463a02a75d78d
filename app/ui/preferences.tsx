"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useLocale, useT } from "@/app/lib/i18n/client";
import { locales, localeCookie, type Theme, themeCookie, themes } from "@/app/lib/i18n/locale";
import { cx } from "./class-names";

const year = 31_536_000;

function keep(name: string, value: string) {
  document.cookie = `${name}=${value}; path=/; max-age=${year}; SameSite=Lax`;
}

interface ChoiceProps<T extends string> {
  legend: string;
  value: T;
  options: readonly { value: T; label: string; lang?: string }[];
  onChange: (value: T) => void;
}

/** A few options side by side, one of them chosen: radio buttons that look like one control. */
export function Choice<T extends string>({ legend, value, options, onChange }: ChoiceProps<T>) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">{legend}</legend>
      <div className="flex w-fit max-w-full flex-wrap overflow-clip rounded-base border border-edge">
        {options.map((option) => (
          <label
            key={option.value}
            lang={option.lang}
            className={cx(
              "flex min-h-9 cursor-pointer items-center px-3 text-sm not-first:border-l not-first:border-edge has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-11",
              option.value === value ? "bg-accent-wash font-semibold" : "hover:bg-wash",
            )}
          >
            <input
              type="radio"
              name={legend}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Light, dark, high contrast, or as the system; kept in a cookie that the server reads, so that no page flashes. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  const t = useT();
  const [chosen, setChosen] = useState(theme);
  return (
    <Choice
      legend={t("theme.title")}
      value={chosen}
      options={themes.map((value) => ({
        value,
        label: t(`theme.${value}`),
      }))}
      onChange={(value) => {
        setChosen(value);
        keep(themeCookie, value);
        if (value === "system") delete document.documentElement.dataset.theme;
        else document.documentElement.dataset.theme = value;
      }}
    />
  );
}

/** The site's language; `onChange` may keep it with the user as well. */
export function LanguageSwitch({ onChange }: { onChange?: (locale: "en" | "ko") => void }) {
  const t = useT();
  const router = useRouter();
  const locale = useLocale();
  return (
    <Choice
      legend={t("language.title")}
      value={locale}
      options={locales.map((value) => ({ value, label: t(`language.${value}`), lang: value }))}
      onChange={(value) => {
        keep(localeCookie, value);
        onChange?.(value);
        router.refresh();
      }}
    />
  );
}
