/** Model output is hostile text: laid out without raw HTML, remote images or live links, and with nothing hidden. */
import { memo, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecorationBudget } from '../markdown/decorator.ts';
import type {
  CodeNode,
  ElementNode,
  FormulaNode,
  ImageNode,
  MarkdownNode,
} from '../markdown/markdown-node.ts';
import type { ReadText } from '../markdown/read-markdown.ts';
import { hasInvisible } from '../reading/invisible-characters.ts';
import { textDirection } from '../reading/text-direction.ts';
import { useSettings } from '../state/settings.ts';
import { decorationView, useDecoration } from './DecoratedText.tsx';
import { MarkedText } from './MarkedText.tsx';
import { PlainText } from './PlainText.tsx';
import { TextsAround, textsTogether } from './ReadConversations.tsx';
import { TableScroll } from './TableScroll.tsx';

/** Shows untrusted Markdown; what costs too much is shown as it is, and so is everything where a person asks for it. */
export const SafeMarkdown = memo(function SafeMarkdown({
  text,
  first,
}: {
  readonly text: string;
  /** How much of it is there at first where it is shown as it is. */
  readonly first?: number;
}) {
  const { t } = useTranslation();
  const { showsRawText } = useSettings();
  const around = useContext(TextsAround);
  const own = useMemo(
    () => (around?.texts.has(text) === true ? around : textsTogether([text])),
    [around, text],
  );
  const read = own.read?.get(text);
  const plain = { text, ...(first === undefined ? {} : { first }) };
  if (read === undefined) {
    return (
      <>
        <p className="reading-note quiet">{t('shown.asWritten')}</p>
        <PlainText {...plain} />
      </>
    );
  }
  return (
    <div className="shown-text">
      <div
        className={isLong(text, read) ? 'markdown is-long' : 'markdown'}
        dir={textDirection(text.slice(0, 2000))}
        hidden={showsRawText}
      >
        <Nodes nodes={read.nodes} read={read} budget={own.budget} />
      </div>
      {showsRawText && <PlainText {...plain} isAsWritten />}
    </div>
  );
});

/** In UTF-16 code units, of blocks, and of TeX: of longer texts only what is on screen is laid out. */
const LONG = 4000;
const MANY_BLOCKS = 60;
const MUCH_TEX = 1000;

function isLong(text: string, { nodes }: ReadText): boolean {
  return text.length > LONG || nodes.length > MANY_BLOCKS || texLength(nodes) > MUCH_TEX;
}

function texLength(nodes: readonly MarkdownNode[]): number {
  let length = 0;
  for (const node of nodes) {
    if (node.kind === 'formula') length += node.tex.length;
    else if (node.kind === 'element') length += texLength(node.children);
  }
  return length;
}

interface Shown {
  readonly read: ReadText;
  readonly budget: DecorationBudget;
  readonly isInItem?: boolean;
}

const Nodes = memo(function Nodes({ nodes, ...shown }: Shown & { readonly nodes: readonly MarkdownNode[] }) {
  return nodes.map((node, index) => nodeView(node, index, shown));
});

function nodeView(node: MarkdownNode, index: number, shown: Shown): ReactNode {
  switch (node.kind) {
    case 'text':
      return (
        <span key={index} data-at={node.at}>
          <MarkedText text={node.text} />
        </span>
      );
    case 'code':
      return <CodeView key={index} node={node} budget={shown.budget} />;
    case 'formula':
      return <FormulaView key={index} node={node} budget={shown.budget} />;
    case 'image':
      return <ImageView key={index} node={node} read={shown.read} />;
    default:
      return elementView(node, index, shown);
  }
}

function elementView(node: ElementNode, key: number, shown: Shown): ReactNode {
  const within = { ...shown, isInItem: node.tag === 'item' };
  const [only, second] = node.children;
  const isOneText = only?.kind === 'text' && second === undefined && node.tag !== 'link-target';
  // An element of one text says itself where that stands.
  const at = isOneText ? only.at : undefined;
  const children = isOneText ? (
    <MarkedText text={only.text} />
  ) : (
    node.children.map((child, index) => nodeView(child, index, within))
  );
  const align = node.align === undefined ? undefined : `align-${node.align}`;
  switch (node.tag) {
    case 'paragraph':
      return (
        // An item says its own direction, so that its sign stands on the right side.
        <p key={key} dir={shown.isInItem === true ? undefined : 'auto'} data-at={at}>
          {children}
        </p>
      );
    case 'heading-1':
    case 'heading-2':
    case 'heading-3':
      return (
        <p key={key} dir="auto" className={`heading ${node.tag}`} data-at={at}>
          {children}
        </p>
      );
    case 'strong':
      return (
        <strong key={key} data-at={at}>
          {children}
        </strong>
      );
    case 'emphasis':
      return (
        <em key={key} data-at={at}>
          {children}
        </em>
      );
    case 'deleted':
      return (
        <del key={key} data-at={at}>
          {children}
        </del>
      );
    case 'code':
      return (
        <code key={key} data-at={at}>
          {children}
        </code>
      );
    case 'link':
      return (
        <span key={key} className="inert-link">
          {children}
        </span>
      );
    case 'link-target':
      return (
        <span key={key} className="inert-link-target">
          {' ('}
          {children}
          {')'}
        </span>
      );
    case 'marker':
      return (
        <span key={key} className="list-marker" data-at={at}>
          {children}
        </span>
      );
    case 'quote':
      return <blockquote key={key}>{children}</blockquote>;
    case 'list':
      return <ul key={key}>{children}</ul>;
    case 'item':
      return (
        <li key={key} dir="auto">
          {children}
        </li>
      );
    case 'rule':
      return <hr key={key} />;
    case 'table':
      return <TableView key={key}>{children}</TableView>;
    case 'row':
      return <tr key={key}>{children}</tr>;
    case 'header-cell':
      return (
        <th key={key} dir="auto" className={align} data-at={at}>
          {children}
        </th>
      );
    case 'cell':
      return (
        <td key={key} dir="auto" className={align} data-at={at}>
          {children}
        </td>
      );
    case 'verbatim':
      return (
        <div key={key} className="verbatim" dir="auto" data-at={at}>
          {children}
        </div>
      );
  }
}

function TableView({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <TableScroll label={t('shown.table')}>
      <table>
        <tbody>{children}</tbody>
      </table>
    </TableScroll>
  );
}

/** The first word behind a fence, without what some tools put around it. */
const LANGUAGE = /^\s*\{?\.?([\w+#-]{1,40})/u;

function CodeView({ node, budget }: { readonly node: CodeNode; readonly budget: DecorationBudget }) {
  const language = LANGUAGE.exec(node.info?.text ?? '')?.[1]?.toLowerCase();
  const job = useMemo(
    () =>
      node.isColoured && language !== undefined
        ? ({ kind: 'code', text: node.text, language } as const)
        : null,
    [node, language],
  );
  const decoration = useDecoration(job, budget);
  return (
    <div className="fenced-code">
      {node.info !== null && (
        <div className="fence-info" dir="auto" data-at={node.info.at}>
          <MarkedText text={node.info.text} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code data-at={node.lineStarts.join(' ')}>
          {decoration === null ? <MarkedText text={node.text} /> : decorationView(decoration, true)}
        </code>
      </pre>
    </div>
  );
}

function FormulaView({ node, budget }: { readonly node: FormulaNode; readonly budget: DecorationBudget }) {
  const job = useMemo(
    () =>
      hasInvisible(node.tex)
        ? null
        : ({ kind: 'formula', tex: node.tex, isDisplay: node.isDisplay } as const),
    [node],
  );
  const decoration = useDecoration(job, budget);
  const isSet = node.isDisplay && decoration !== null;
  return (
    <span
      className={isSet ? 'formula display-formula' : 'formula'}
      // A scrollable region must be reachable by keyboard.
      tabIndex={isSet ? 0 : undefined}
      dir="ltr"
      data-at={node.at}
      data-length={node.length}
    >
      {decoration === null ? <MarkedText text={node.text} /> : decorationView(decoration, false)}
    </span>
  );
}

function ImageView({ node, read }: { readonly node: ImageNode; readonly read: ReadText }) {
  const { t } = useTranslation();
  const [standIn = '', ...title] = node.address.split(/(?=\s)/u);
  const embedded = read.images.get(standIn);
  const place = { 'data-at': node.at, 'data-length': node.length };
  if (embedded !== undefined && read.isDrawable(standIn)) {
    return (
      <span className="embedded" {...place}>
        <img className="embedded-image" src={embedded} alt={node.alt} decoding="async" />
        <MarkedText text={`${node.alt}${title.join('')}`} />
      </span>
    );
  }
  const address = embedded === undefined ? node.address : [embedded.slice(0, 40), '…', ...title].join('');
  const what = [node.alt, address === '' ? '' : `(${address})`].filter((part) => part !== '').join(' ');
  const said =
    what === ''
      ? t('shown.noImage')
      : t(embedded === undefined ? 'shown.noImageOf' : 'shown.tooLargeImageOf', { what });
  return (
    <span className="inert-image" {...place}>
      <MarkedText text={said} />
    </span>
  );
}
