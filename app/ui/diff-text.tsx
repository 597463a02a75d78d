import { ShownText } from "./shown-text";
import type { DiffPart } from "./word-diff";

/** How words of one text alone look: never by colour alone. */
export const diffLooks = {
  left: "bg-wash text-muted line-through",
  right: "bg-accent-wash font-semibold underline underline-offset-2",
};

/** Two texts as one: what the left alone has is struck through, what the right alone has is underlined. */
export function DiffText({ parts }: { parts: readonly DiffPart[] }) {
  return parts.map(({ words, of }, index) => {
    const text = <ShownText text={words} />;
    const key = `${index} ${of}`; // the parts of one text never move
    if (of === "both") return <span key={key}>{text}</span>;
    const Part = of === "left" ? "del" : "ins";
    return (
      <Part key={key} className={diffLooks[of]}>
        {text}
      </Part>
    );
  });
}
