import { createElement, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Decoration, DecorationJob, DecorationNode } from '../markdown/decoration-node.ts';
import {
  type DecorationBudget,
  decorationInStore,
  requestDecoration,
  spendOn,
} from '../markdown/decorator.ts';
import { MarkedText } from './MarkedText.tsx';

/** What a worker makes of a formula or of code; null until then, and where it stays as written. */
export function useDecoration(job: DecorationJob | null, budget: DecorationBudget): Decoration {
  const key = job === null ? '' : JSON.stringify(job);
  const admittedKey = useRef('');
  const [decoration, setDecoration] = useState<Decoration>(() => {
    const known = job === null ? undefined : decorationInStore(job);
    if (known === undefined) return null;
    admittedKey.current = key;
    return spendOn(known, budget);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which job it is
  useEffect(() => {
    if (job === null || admittedKey.current === key) return undefined;
    const show = (made: Decoration) => {
      admittedKey.current = key;
      setDecoration(spendOn(made, budget));
    };
    const known = decorationInStore(job);
    if (known === undefined) return requestDecoration(job, budget, show);
    show(known);
    return undefined;
  }, [key, budget]);
  return decoration;
}

/** Nothing else that the makers of formulas and colours write becomes an element. */
const ELEMENTS = new Set(
  (
    'span svg path line math semantics annotation mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot ' +
    'mover munder munderover mtable mtr mtd mlabeledtr mstyle mpadded menclose mglyph mphantom'
  ).split(' '),
);

const ATTRIBUTES = new Set(
  (
    'aria-hidden xmlns width height viewBox preserveAspectRatio d x1 x2 y1 y2 stroke-width display encoding ' +
    'mathvariant stretchy fence separator lspace rspace minsize maxsize accent accentunder linethickness ' +
    'columnalign columnspacing rowspacing rowalign columnlines rowlines scriptlevel displaystyle notation ' +
    'movablelimits side voffset symmetric'
  ).split(' '),
);

/** Of a formula the makers write characters of no width themselves; in code what cannot be seen is marked. */
export function decorationView(nodes: readonly DecorationNode[], isMarked: boolean): ReactNode[] {
  return nodes.map((node, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: nodes have no identity but their place
    if (typeof node === 'string') return isMarked ? <MarkedText key={index} text={node} /> : node;
    if (!ELEMENTS.has(node.tag)) return decorationView(node.children, isMarked);
    const attributes: Record<string, unknown> = { key: index };
    for (const [name, value] of Object.entries(node.attributes)) {
      if (name === 'class') attributes.className = value;
      else if (name === 'style') attributes.style = styleOf(value);
      else if (name === 'stroke-width') attributes.strokeWidth = value;
      else if (ATTRIBUTES.has(name)) attributes[name] = value;
    }
    return createElement(node.tag, attributes, ...decorationView(node.children, isMarked));
  });
}

function styleOf(text: string): Record<string, string> {
  const style: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([a-z-]+):([^;]+)/gu))
    style[name.replace(/-([a-z])/gu, (_all, letter: string) => letter.toUpperCase())] = value;
  return style;
}
