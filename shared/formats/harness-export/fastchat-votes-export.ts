import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, outputTurns, promptTurns } from './harness-exporter.ts';

const FILE = 'human_votes.json';

/** As `compute_agreement.py` reads them: an array of votes, winners named by model, turns counted from 1. */
export const fastChatVotesExport: HarnessExporter = {
  name: 'fastchat-votes',
  title: 'FastChat votes on MT-bench',
  files: { [FILE]: 'json_array' },
  writer: (sink) => ({
    add: ({ row }) => {
      leaveOutRest(row, sink);
      leaveOutVoteFields(row, sink);
      const question = questionOf(row.id, row.a.system, row.b.system);
      const turns = (response: typeof row.a) => [...promptTurns(row), ...outputTurns(response)];
      const [conversation_a, conversation_b] = [turns(row.a), turns(row.b)];
      for (const { rater, verdict } of row.human ?? []) {
        if (verdict === 'skipped') {
          sink.leaveOut('skips');
          continue;
        }
        sink.write(FILE, {
          question_id: question.id,
          model_a: row.a.system,
          model_b: row.b.system,
          winner: WINNERS[verdict],
          judge: rater,
          conversation_a,
          conversation_b,
          turn: question.turn ?? conversation_a.filter(({ role }) => role === 'user').length,
        });
      }
    },
  }),
};

const WINNERS = { first: 'model_a', second: 'model_b', tie: 'tie', both_bad: 'tie (bothbad)' } as const;

/** Question and turn of an id that an import made of them; of any other, the id itself. */
function questionOf(
  id: string,
  a: string,
  b: string,
): { readonly id: string | number; readonly turn?: number } {
  const end = `/${a}/${b}`;
  const [, question, turn] = id.endsWith(end) ? (/^(.*)\/(\d+)$/u.exec(id.slice(0, -end.length)) ?? []) : [];
  if (question === undefined || turn === undefined) return { id };
  return { id: /^(?:0|[1-9]\d{0,14})$/u.test(question) ? Number(question) : question, turn: Number(turn) };
}
