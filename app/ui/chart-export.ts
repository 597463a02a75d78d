/** A chart as a file of its own: it must stand without the page's style sheet, on white paper. */

const margin = { side: 16, top: 34, label: 22, bottom: 12 };

export interface ExportedPanel {
  /** As drawn on the page. */
  readonly svg: SVGSVGElement;
  /** What its y axis measures. */
  readonly label: string;
}

/** The figure with its title, in the light theme's colours, as SVG text. */
export function figureSvg(title: string, panels: readonly ExportedPanel[]): string {
  const sizes = panels.map(({ svg }) => ({
    width: svg.width.baseVal.value,
    height: svg.height.baseVal.value,
  }));
  const width = Math.max(...sizes.map((size) => size.width)) + 2 * margin.side;
  let y = margin.top;
  const parts: string[] = [];
  for (const [i, { svg, label }] of panels.entries()) {
    parts.push(text(label, margin.side, y + 14, 'fill="var(--muted)" font-size="12"'));
    const copy = svg.cloneNode(true) as SVGSVGElement;
    copy.setAttribute("x", String(margin.side));
    copy.setAttribute("y", String(y + margin.label));
    parts.push(new XMLSerializer().serializeToString(copy));
    y += margin.label + sizes[i].height + margin.bottom;
  }
  const head = text(title, margin.side, 22, 'fill="var(--ink)" font-size="15" font-weight="600"');
  const font = 'font-family="system-ui, -apple-system, sans-serif"';
  return inLight(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" color="var(--ink)" ${font}>` +
      `<rect width="100%" height="100%" fill="#ffffff"/>${head}${parts.join("")}</svg>`,
  );
}

/** The same as an image, two pixels a point. */
export async function figurePng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.width;
    canvas.height = 2 * image.height;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser made no image of the chart");
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands a file to the reader. @param title becomes its name, without what file systems do not take */
export function saveFile(title: string, extension: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${title.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}.${extension}`;
  link.click();
  URL.revokeObjectURL(url);
}

function text(content: string, x: number, y: number, attributes: string): string {
  const escaped = content.replace(
    /[&<>]/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]!,
  );
  return `<text x="${x}" y="${y}" ${attributes}>${escaped}</text>`;
}

/** Custom properties by their colours in the light theme, as any viewer of SVG knows them. */
function inLight(svg: string): string {
  const probe = document.createElement("span");
  probe.style.colorScheme = "light";
  // a colour on its way to the next is neither
  probe.style.setProperty("transition", "none", "important");
  document.body.append(probe);
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map<string, string>();
  const colorOf = (property: string): string => {
    probe.style.color = `var(${property})`;
    if (!pixel) return getComputedStyle(probe).color;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = getComputedStyle(probe).color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((x) => x.toString(16).padStart(2, "0")).join("")}`;
  };
  const plain = svg.replace(/var\((--[\w-]+)\)/g, (_, property: string) => {
    const color = known.get(property) ?? colorOf(property);
    known.set(property, color);
    return color;
  });
  probe.remove();
  return plain;
}
