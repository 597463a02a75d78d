import type { ReactNode } from "react";
import { WingLayout } from "@/app/ui/wing-layout";

/** Researchers read campaigns here; the pages where an admin works guard themselves. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={["curate", "ranking"]} roles={["reviewer", "researcher", "admin"]}>
      {children}
    </WingLayout>
  );
}
