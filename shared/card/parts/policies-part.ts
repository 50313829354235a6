import type { AgreementOptions } from '../../labels/agreement-options.ts';
import { CONSENSUS_RULES } from '../../labels/consensus.ts';
import { CATEGORY_NAMES, CODE } from '../../study/verdict-codes.ts';
import type { JudgeView } from '../columns/judge-view.ts';
import {
  addAgreement,
  agreementOf,
  agreementWithPeople,
  comparedWithPeople,
  patternsOf,
  patternsOfCells,
} from '../figures/compared-columns.ts';
import { type CardPart, PartBuilder } from '../figures/figure.ts';
import { SUBJECT } from '../figures/subject.ts';

export const TIE_POLICIES = [
  'separate',
  'drop',
  'half',
] as const satisfies readonly AgreementOptions['ties'][];

/** The same judge under every tie policy and every consensus rule, and what it said before any folding. */
export function policiesPart(view: JudgeView): CardPart {
  const builder = new PartBuilder('policies', view);
  const { data, judge, options, people, labelsUnder } = view;
  const { itemOfPair, itemCount, weights } = data;
  const compared = { rows: people, columns: judge.codes, itemOfPair, itemCount, weights };
  const own = agreementWithPeople(view).agreed;
  for (const ties of TIE_POLICIES) {
    const agreed =
      ties === options.ties
        ? own
        : agreementOf(patternsOfCells({ ...comparedWithPeople(view), ties }), options.level);
    addAgreement(builder, { kind: 'policy', policy: 'ties', value: ties }, agreed, null);
  }
  for (const consensus of CONSENSUS_RULES) {
    const rows = labelsUnder(consensus);
    addAgreement(
      builder,
      { kind: 'policy', policy: 'consensus', value: consensus },
      rows === people ? own : agreementOf(patternsOf({ ...compared, rows }, options), options.level),
      null,
    );
  }
  const said = [...CATEGORY_NAMES.map((name, code) => [name, code] as const), ['error', CODE.error] as const];
  const counts = new Int32Array(CODE.skipped + 2);
  for (const code of judge.codes) counts[code + 1] = (counts[code + 1] ?? 0) + 1;
  for (const [name, code] of said)
    builder.count({ kind: 'label', label: name }, 'verdicts', counts[code + 1] ?? 0);
  builder.count(SUBJECT.not_judged, 'verdicts', counts[CODE.missing + 1] ?? 0);
  return builder.part();
}
