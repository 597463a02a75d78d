"use client";

import { CircleUser } from "lucide-react";
import { useT } from "@/app/lib/i18n/client";
import type { Theme } from "@/app/lib/i18n/locale";
import { signOut } from "@/app/lib/session";
import { useKeepLocale } from "@/app/lib/use-keep-locale";
import type { Role } from "@/server/domain/roles";
import { Button, ButtonLink } from "./button";
import { Popup } from "./popup";
import { LanguageSwitch, ThemeSwitch } from "./preferences";

/** Who is signed in, how the site looks to them, and the way out. */
export function UserMenu({ name, role, theme }: { name: string; role: Role; theme: Theme }) {
  const t = useT();
  const keepLocale = useKeepLocale();
  return (
    <Popup
      label={t("shell.account", { name })}
      button={
        <>
          <CircleUser aria-hidden className="size-5" />
          <span className="hidden max-w-40 truncate sm:inline">{name}</span>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div>
          <p className="font-semibold">{name}</p>
          <p className="text-sm text-muted">{t(`role.${role}`)}</p>
        </div>
        <ThemeSwitch theme={theme} />
        <LanguageSwitch onChange={keepLocale} />
        <div className="flex gap-2">
          <ButtonLink href="/account">{t("nav.account")}</ButtonLink>
          <Button look="quiet" onClick={() => void signOut()}>
            {t("shell.signOut")}
          </Button>
        </div>
      </div>
    </Popup>
  );
}
