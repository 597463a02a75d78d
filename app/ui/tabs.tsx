"use client";

import type { ReactNode } from "react";
import { Tab as AriaTab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";

export interface TabItem {
  id: string;
  title: ReactNode;
  content: ReactNode;
}

/** Views of one thing, one at a time; arrows move between them. */
export function Tabs({ label, items }: { label: string; items: readonly TabItem[] }) {
  return (
    <AriaTabs>
      <TabList aria-label={label} className="mb-6 flex gap-6 overflow-x-auto border-b border-line">
        {items.map((item) => (
          <AriaTab
            key={item.id}
            id={item.id}
            className="-mb-px flex min-h-9 cursor-pointer items-center border-b-2 border-transparent text-sm whitespace-nowrap text-muted outline-accent hover:text-ink data-focus-visible:outline-2 data-selected:border-accent data-selected:font-semibold data-selected:text-ink pointer-coarse:min-h-11"
          >
            {item.title}
          </AriaTab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
