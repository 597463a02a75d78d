import type { ReactNode } from "react";
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

function Heading({ children }: { children?: ReactNode }) {
  return <h3>{children}</h3>;
}

const components: Components = {
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
  // a text's own headings stay below the page's, and none jumps a level
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  // what may be wider than there is room for is scrolled by keyboard too
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
  table: ({ children }) => <table tabIndex={0}>{children}</table>,
};

/**
 * Text of people and models as markdown, safe: no HTML, no scripts, and no pictures (one fetched
 * from elsewhere would tell who reads it), which show as links instead.
 */
export function Markdown({ children }: { children: string }) {
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize, rehypeUnseen]}
        components={components}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
