import type { ReactNode } from "react";
import { Link } from "./link";

interface PageHeaderProps {
  /** A noun. */
  title: ReactNode;
  /** The state in words: "212 of 800 rankings, about 3 hours left at today's pace". */
  state?: ReactNode;
  /** The one primary action (a Button or ButtonLink with look="primary"); quieter ones may stand before it. */
  action?: ReactNode;
  /** Where this thing belongs. */
  parent?: { href: string; label: string };
}

/** The head of every page: a noun, its state, what to do. */
export function PageHeader({ title, state, action, parent }: PageHeaderProps) {
  return (
    <header className="mb-8 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 max-w-[75ch]">
        {parent ? (
          <p className="mb-1 text-sm">
            <Link href={parent.href}>{parent.label}</Link>
          </p>
        ) : null}
        <h1 className="text-xl font-semibold">{title}</h1>
        {state ? <p className="mt-1 text-muted">{state}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
    </header>
  );
}

/** A part of a page with its own noun; set apart by space and not by a box. */
export function Section(props: {
  title: ReactNode;
  state?: ReactNode;
  action?: ReactNode;
  id?: string;
  children?: ReactNode;
}) {
  return (
    <section id={props.id} className="mt-10 first:mt-0">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <div>
          <h2 className="font-semibold">{props.title}</h2>
          {props.state ? <p className="text-sm text-muted">{props.state}</p> : null}
        </div>
        {props.action}
      </div>
      {props.children}
    </section>
  );
}
