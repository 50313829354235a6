import { common, createLowlight } from 'lowlight';
import { type Decoration, type DecorationNode, MOST_DECORATION_NODES } from './decoration-node.ts';

const lowlight = createLowlight(common);

type Highlighted = ReturnType<typeof lowlight.highlight>['children'][number];

/** @returns null for a language that is not known, or where there would be too many colours */
export function colourCode(text: string, language: string): Decoration {
  if (!lowlight.registered(language)) return null;
  let count = 0;
  const decorationOf = (node: Highlighted): DecorationNode[] => {
    count++;
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const names = node.properties.className;
    return [
      {
        tag: 'span',
        attributes: { class: Array.isArray(names) ? names.join(' ') : '' },
        children: node.children.flatMap(decorationOf),
      },
    ];
  };
  const nodes = lowlight.highlight(language, text).children.flatMap(decorationOf);
  return count > MOST_DECORATION_NODES ? null : nodes;
}
