import type { JudgeVerdict } from '../../../study/verdict.ts';
import { fastChatJudgeNames, fastChatQuestion } from './fastchat-question.ts';
import type { HarnessExporter } from './harness-exporter.ts';
import { leaveOutRest, leaveOutVoteFields, outputTurns, promptTurns } from './harness-exporter.ts';

const HUMANS = 'human_votes.json';
const JUDGE = 'gpt4_pair_votes.json';
const OTHERS = 'other_judges_votes.json';

/**
 * As `compute_agreement.py` reads them: arrays of votes, winners named by model, turns counted from 1. The script takes for
 * people whoever is called `expert…` (and knows `author…`), so other raters are numbered as experts, and stand with their own
 * name beside it. Of judges it knows GPT-4's pairwise one alone, once a pair, and of turns two: the others stand in a file of their
 * own, in the same layout. What a judge said in each order stands beside the winner, and the script passes over it.
 */
export const fastChatVotesExport: HarnessExporter = {
  name: 'fastchat-votes',
  title: 'FastChat votes on MT-bench',
  files: { [HUMANS]: 'json_array', [JUDGE]: 'json_array', [OTHERS]: 'json_array' },
  writer: (sink, { raters }) => {
    const taken = new Set(raters);
    const free = Array.from({ length: 2 * raters.length }, (_none, index) => `expert_${index + 1}`).filter(
      (expert) => !taken.has(expert),
    );
    const expertOf = new Map([...raters].sort().map((rater, index) => [rater, free[index]]));
    const judgeOf = (rater: string) =>
      /^(?:expert|author)/u.test(rater)
        ? { judge: rater }
        : { judge: expertOf.get(rater) ?? 'expert', rater };
    let hasSecondTurns = false;
    return {
      finish: () => {
        if (!hasSecondTurns)
          sink.leaveOut(
            'second turns: there are none, so that compute_agreement.py ends with a division by zero once it has told the first turn’s figures',
          );
      },
      add: ({ row, judged }) => {
        leaveOutRest(row, sink, ['judge']);
        leaveOutVoteFields(row, sink);
        const { id: question_id, turn } = fastChatQuestion(row);
        const turns = (response: typeof row.a) => [...promptTurns(row), ...outputTurns(response)];
        const [conversation_a, conversation_b] = [turns(row.a), turns(row.b)];
        if (turn < 1 || turn > MOST_TURNS) {
          sink.leaveOut('pairs of another turn than the first or second');
          return;
        }
        const vote = (winner: string, by: { readonly judge: string | readonly string[] }) => ({
          question_id,
          model_a: row.a.system,
          model_b: row.b.system,
          winner,
          ...by,
          conversation_a,
          conversation_b,
          turn,
        });
        if (turn === MOST_TURNS && (row.human?.length ?? 0) > 0) hasSecondTurns = true;
        let isGpt4There = false;
        for (const { rater, verdict } of row.human ?? []) {
          if (verdict === 'skipped') sink.leaveOut('skips');
          else sink.write(HUMANS, vote(WINNERS[verdict], judgeOf(rater)));
        }
        for (const [judge, verdict] of judged) {
          const judgments = (row.judge ?? []).filter((each) => each.judge === judge);
          if (judgments.length === 0) continue;
          const isGpt4 = GPT4_PAIR.test(judge) && !isGpt4There;
          const winner = WINNERS_OF_JUDGES[verdict];
          // The script takes any winner but a side or a tie for a vote of nobody.
          const isForScript = isGpt4 && winner !== undefined;
          if (isForScript) isGpt4There = true;
          else sink.leaveOut('verdicts that compute_agreement.py does not read, in a file of their own');
          sink.write(isForScript ? JUDGE : OTHERS, {
            ...vote(winner ?? verdict, { judge: fastChatJudgeNames(judge) }),
            judgments,
          });
        }
      },
    };
  },
};

const MOST_TURNS = 2;

/** As an import of its votes calls the judge. */
const GPT4_PAIR = /^gpt-4\/pair/u;

const WINNERS = { first: 'model_a', second: 'model_b', tie: 'tie', both_bad: 'tie (bothbad)' } as const;

const WINNERS_OF_JUDGES: Readonly<Partial<Record<JudgeVerdict, string>>> = {
  ...WINNERS,
  inconsistent: 'tie (inconsistent)',
};
