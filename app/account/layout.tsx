import type { ReactNode } from "react";
import { WingLayout } from "../ui/wing-layout";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={[]} roles={["labeler", "researcher", "admin"]}>
      {children}
    </WingLayout>
  );
}
