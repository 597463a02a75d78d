import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

const base =
  "inline-flex min-h-9 items-center justify-center gap-2 rounded-base border px-3 text-sm font-semibold " +
  "transition-colors select-none pointer-coarse:min-h-11 disabled:opacity-50";

const looks: Record<ButtonLook, string> = {
  // a border that only forced colours show
  primary: "border-transparent bg-accent text-on-accent hover:not-disabled:opacity-90",
  secondary: "border-edge bg-paper hover:not-disabled:bg-wash",
  quiet: "border-transparent hover:not-disabled:bg-wash",
  danger: "border-danger text-danger bg-paper hover:not-disabled:bg-danger-wash",
};

/** The look of a button for elements that are none (a link, a summary, a label). */
export const buttonClass = (look: ButtonLook = "secondary", className?: string): string =>
  cx(base, looks[look], className);

type ButtonProps = ComponentProps<"button"> & {
  look?: ButtonLook;
  icon?: ReactNode;
  /** While true the button waits: it cannot be pressed again, and says so. */
  busy?: boolean;
  /** The words while busy; the button keeps its own when absent. */
  busyText?: string;
};

/** A verb. One primary button a page. */
export function Button(props: ButtonProps) {
  const {
    look = "secondary",
    icon,
    busy,
    busyText,
    className,
    children,
    disabled,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={buttonClass(look, className)}
    >
      {icon}
      {busy ? (busyText ?? children) : children}
    </button>
  );
}

type ButtonLinkProps = ComponentProps<typeof NextLink> & { look?: ButtonLook; icon?: ReactNode };

/** Goes somewhere, and looks like a button because it is the thing to do. */
export function ButtonLink({ look, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <NextLink {...rest} className={buttonClass(look, className)}>
      {icon}
      {children}
    </NextLink>
  );
}
