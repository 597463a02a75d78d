/** A picture of panels in rows, as plain data: what is in it is decided in Node, and drawn in a browser. */
export interface Figure {
  readonly title: string;
  readonly rows: readonly (readonly Panel[])[];
  /** What the reader must know: seeds, data, the command. */
  readonly note: string;
}

export interface Panel {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** What a line is to be compared with; named above its left end, or below its right, where rising curves leave room. */
  readonly levels?: readonly { y: number; label: string; below?: boolean }[];
  /** Pixels; the figure's where it says nothing. */
  readonly height?: number;
  /** Pixels to the right of the axes, for the names of lines that end there. */
  readonly labelRoom?: number;
}

export interface Axis {
  /** With its unit. */
  readonly label: string;
  readonly domain: readonly [number, number];
  readonly percent?: boolean;
  readonly log?: boolean;
  readonly ticks?: readonly { at: number; label: string }[];
}

export interface Line {
  /** Stands at the line's end. */
  readonly label?: string;
  readonly color: string;
  /** One seed among several, behind their mean. */
  readonly faint?: boolean;
  readonly dashed?: boolean;
  readonly points: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** Beside the point. */
  readonly label?: string;
}
