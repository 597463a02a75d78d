import type { ReactNode } from "react";
import { WingLayout } from "../ui/wing-layout";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={["label"]} roles={["guest", "labeler", "reviewer", "admin"]} layout="bar">
      {children}
    </WingLayout>
  );
}
