import type { MarkdownNode } from '../../renderer/markdown/markdown-node.ts';
import { readTogether } from '../../renderer/markdown/read-markdown.ts';

/** What a reader of laid out nodes sees, in order. */
export function seenText(nodes: readonly MarkdownNode[]): string {
  return nodes.map(seenOf).join('\n');
}

function seenOf(node: MarkdownNode): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'element':
      return node.children.map(seenOf).join('');
    case 'code':
      return `${node.info?.text ?? ''}\n${node.text}`;
    case 'formula':
      return node.text;
    default:
      return `${node.alt} ${node.address}`;
  }
}

/** The nodes of one text. */
export function laidOut(text: string): readonly MarkdownNode[] {
  const read = readTogether([text])?.get(text);
  if (read === undefined) throw new Error('the text costs more than a pair may');
  return read.nodes;
}

/** Every node with those in it. */
export function everyNode(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  return nodes.flatMap((node) => (node.kind === 'element' ? [node, ...everyNode(node.children)] : [node]));
}
