import type { ReactNode } from "react";

interface EmptyStateProps {
  title: ReactNode;
  /** What would be here, why it is not yet, and how it comes. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="max-w-[65ch] py-10">
      <div className="font-semibold">{title}</div>
      {children ? <div className="mt-1 text-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
