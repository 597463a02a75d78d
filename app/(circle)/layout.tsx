import type { ReactNode } from "react";
import { requireViewer } from "@/app/lib/viewer";
import { WingLayout } from "@/app/ui/wing-layout";

export default async function Layout({ children }: { children: ReactNode }) {
  await requireViewer("researcher"); // labelers have a home of their own
  return (
    <WingLayout wings={["curate"]} roles={["researcher", "admin"]}>
      {children}
    </WingLayout>
  );
}
