import { int32 } from "../runtime/feeds";

/** The inputs of a batch of sequences, as `decoder` takes them. */
export const sequenceInputs = {
  ids: int32("batch", "time"),
  positions: int32("batch", "time"),
  segments: int32("batch", "time"),
};
