import type { ReactNode } from "react";
import { WingLayout } from "../ui/wing-layout";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={["label", "ranking"]} roles={["labeler", "admin"]} layout="bar">
      {children}
    </WingLayout>
  );
}
