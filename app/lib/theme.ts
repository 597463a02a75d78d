import { cookies } from "next/headers";
import { isTheme, type Theme, themeCookie } from "./i18n/locale";

/** The theme chosen on this device. */
export async function getTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(themeCookie)?.value;
  return isTheme(chosen) ? chosen : "system";
}
