import ReactMarkdown, { type Components } from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { withUnseen } from "./unseen";

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** Names in every text below a node what would not be seen. */
function nameUnseen(node: Node): void {
  node.children = node.children?.flatMap((child) => {
    if (child.type !== "text" || child.value === undefined) {
      nameUnseen(child);
      return [child];
    }
    return withUnseen(child.value).map((piece): Node & Record<string, unknown> =>
      typeof piece === "string"
        ? { type: "text", value: piece }
        : {
            type: "element",
            tagName: "span",
            properties: { dir: "ltr", title: piece.code, className: ["unseen"] },
            children: [{ type: "text", value: piece.name }],
          },
    );
  });
}
const rehypeUnseen = () => nameUnseen;

const shared: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === "string" ? (
      <a href={src} target="_blank" rel="noreferrer nofollow">
        {alt || src}
      </a>
    ) : null,
  // what may be wider than there is room for is scrolled by keyboard too
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
  pre: ({ children }) => (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <pre dir="ltr" tabIndex={0}>
      {children}
    </pre>
  ),
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
  table: ({ children }) => <table tabIndex={0}>{children}</table>,
};

/** A text's own headings stay below the page's, and none jumps a level. */
function below(level: 2 | 3): Components {
  const Heading = `h${level}` as const;
  const heading: Components["h1"] = ({ children }) => <Heading>{children}</Heading>;
  const names = ["h1", "h2", "h3", "h4", "h5", "h6"];
  return { ...shared, ...Object.fromEntries(names.map((name) => [name, heading])) };
}
const components = { 2: below(2), 3: below(3) };

/**
 * Text of people and models as markdown, safe: no HTML, no scripts, and no pictures (one fetched
 * from elsewhere would tell who reads it), which show as links instead.
 * @param level of its headings: 2 where the text is the page itself
 */
export function Markdown({ children, level = 3 }: { children: string; level?: 2 | 3 }) {
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize, rehypeUnseen]}
        components={components[level]}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
