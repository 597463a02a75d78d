import NextLink from "next/link";
import type { ComponentProps } from "react";
import { cx } from "./class-names";

/** A link in text or in a table. */
export function Link({ className, ...rest }: ComponentProps<typeof NextLink>) {
  return (
    <NextLink
      {...rest}
      className={cx(
        "text-accent underline decoration-current/40 underline-offset-3 hover:decoration-current",
        className,
      )}
    />
  );
}
