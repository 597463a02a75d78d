import { Fragment } from "react";
import { withUnseen } from "./unseen";

/** A text as it stands, with what would not be seen by its name. */
export function ShownText({ text }: { text: string }) {
  const pieces = withUnseen(text);
  if (pieces.length === 1 && typeof pieces[0] === "string") return pieces[0];
  return pieces.map((piece, index) =>
    typeof piece === "string" ? (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of a text never move
      <Fragment key={index}>{piece}</Fragment>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of a text never move
      <span key={index} dir="ltr" title={piece.code} className="unseen">
        {piece.name}
      </span>
    ),
  );
}
