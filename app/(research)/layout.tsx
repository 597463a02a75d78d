import type { ReactNode } from "react";
import { WingLayout } from "@/app/ui/wing-layout";

export default function ResearchLayout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={["research"]} roles={["researcher", "admin"]}>
      {children}
    </WingLayout>
  );
}
