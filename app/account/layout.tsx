import type { ReactNode } from "react";
import { roles } from "@/server/domain/roles";
import { WingLayout } from "../ui/wing-layout";

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <WingLayout wings={[]} roles={roles}>
      {children}
    </WingLayout>
  );
}
