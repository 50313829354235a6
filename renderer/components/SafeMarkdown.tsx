/** Model output is hostile text: Markdown without raw HTML, remote images or live links. */

import { Component, createContext, memo, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown, { type Components } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { withoutImages } from '../../shared/formats/embedded-images.ts';
import { textDirection } from '../reading/text-direction.ts';
import { TableScroll } from './TableScroll.tsx';

/** Longer texts are shown as they are: parsing them would hold up the keys. In UTF-16 code units. */
const LONGEST_RENDERED = 60_000;

/** Texts with more runs of markers than this, too: pairing emphasis costs the square of their number. */
const MOST_MARKER_RUNS = 2500;

const KATEX_LIMITS = {
  throwOnError: false,
  strict: 'ignore',
  trust: false,
  maxExpand: 200,
  maxSize: 20,
} as const;

/** The images that the text itself holds; nothing else is ever loaded. */
const EmbeddedImages = createContext<ReadonlyMap<string, string>>(new Map());

function MarkdownImage({ src, alt }: { readonly src?: unknown; readonly alt?: string | undefined }) {
  const { t } = useTranslation();
  const address = typeof src === 'string' ? src : '';
  const embedded = useContext(EmbeddedImages).get(address);
  if (embedded !== undefined) return <img className="embedded-image" src={embedded} alt={alt ?? ''} />;
  const what = [alt ?? '', address === '' ? '' : `(${address})`].filter((part) => part !== '').join(' ');
  return (
    <span className="inert-image">{what === '' ? t('shown.noImage') : t('shown.noImageOf', { what })}</span>
  );
}

function MarkdownTable({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <TableScroll label={t('shown.table')}>
      <table>{children}</table>
    </TableScroll>
  );
}

const COMPONENTS: Components = {
  a: ({ children, href }) => (
    <span className="inert-link">
      {children}
      {typeof href === 'string' && href !== '' && !isSameText(children, href) && (
        <span className="inert-link-target"> ({href})</span>
      )}
    </span>
  ),
  img: ({ alt, src }) => <MarkdownImage alt={alt} src={src} />,
  input: ({ checked, type }) => (type === 'checkbox' ? <span>{checked === true ? '☑' : '☐'} </span> : null),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  p: ({ children }) => <p dir="auto">{children}</p>,
  li: ({ children, className }) => (
    <li dir="auto" className={className}>
      {children}
    </li>
  ),
  h1: ({ children }) => (
    <p dir="auto" className="heading heading-1">
      {children}
    </p>
  ),
  h2: ({ children }) => (
    <p dir="auto" className="heading heading-2">
      {children}
    </p>
  ),
  h3: ({ children }) => (
    <p dir="auto" className="heading heading-3">
      {children}
    </p>
  ),
  h4: ({ children }) => (
    <p dir="auto" className="heading heading-3">
      {children}
    </p>
  ),
  h5: ({ children }) => (
    <p dir="auto" className="heading heading-3">
      {children}
    </p>
  ),
  h6: ({ children }) => (
    <p dir="auto" className="heading heading-3">
      {children}
    </p>
  ),
  td: ({ children }) => <td dir="auto">{children}</td>,
  th: ({ children }) => <th dir="auto">{children}</th>,
  table: ({ children }) => <MarkdownTable>{children}</MarkdownTable>,
};

function isSameText(children: ReactNode, href: string): boolean {
  return (
    typeof children === 'string' &&
    (children === href || `http://${children}` === href || `mailto:${children}` === href)
  );
}

interface Props {
  readonly text: string;
}

/** Renders untrusted Markdown; what cannot be rendered is shown as plain text. */
export const SafeMarkdown = memo(function SafeMarkdown({ text: whole }: Props) {
  const { text, images } = useMemo(() => withoutImages(whole), [whole]);
  if (isCostly(text)) return <PlainText text={whole} />;
  return (
    <PlainTextOnFailure text={whole}>
      <EmbeddedImages value={images}>
        <div className="markdown" dir={textDirection(text)}>
          <Markdown
            remarkPlugins={[remarkGfm, [remarkMath, { singleDollarTextMath: true }]]}
            rehypePlugins={[
              [rehypeKatex, KATEX_LIMITS],
              [rehypeHighlight, { detect: false }],
            ]}
            components={COMPONENTS}
            // Nothing is followed, so every address may be shown as it was written.
            urlTransform={(url) => url}
          >
            {text}
          </Markdown>
        </div>
      </EmbeddedImages>
    </PlainTextOnFailure>
  );
});

function isCostly(text: string): boolean {
  if (text.length > LONGEST_RENDERED) return true;
  return text.length > MOST_MARKER_RUNS && (text.match(/[*_~`[\]$|>]+/gu)?.length ?? 0) > MOST_MARKER_RUNS;
}

function PlainText({ text }: Props) {
  return (
    <pre className="plain-text" dir="auto">
      {text}
    </pre>
  );
}

/** Text nested deeply enough to break the renderer must not break the page. */
class PlainTextOnFailure extends Component<
  Props & { readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <PlainText text={this.props.text} /> : this.props.children;
  }
}
