import { hasInvisible, partsOf } from '../reading/invisible-characters.ts';

const PLAIN = /^[\t\n\r\x20-\x7e]*$/u;

/** A text whose characters that cannot be seen are marked; its own characters all stay in it. */
export function MarkedText({ text }: { readonly text: string }) {
  if (PLAIN.test(text) || !hasInvisible(text)) return text;
  return partsOf(text).map(({ text: part, label }, index) =>
    label === undefined ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <span key={index} className="invisible-character" data-label={label}>
        {part}
      </span>
    ),
  );
}
