import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";
import { getLocale, WingMessages } from "./lib/i18n/server";
import { getTheme } from "./lib/theme";
import { Providers } from "./lib/providers";

export const metadata: Metadata = {
  title: { default: "Revealed", template: "%s · Revealed" },
  description: "Rank answers, learn what people prefer, improve, and rank again.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fdfdfc" },
    { media: "(prefers-color-scheme: dark)", color: "#131314" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await getTheme();
  return (
    <html lang={await getLocale()} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <WingMessages wings={["common"]}>
          <Providers>{children}</Providers>
        </WingMessages>
      </body>
    </html>
  );
}
