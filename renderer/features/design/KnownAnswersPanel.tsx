import { useState } from 'react';
import type { InputOf } from '../../../shared/contract/methods.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import { knownAnswerLines } from '../../../shared/formats/own/known-answer-lines.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { FileInput } from '../../components/FileInput.tsx';

/** Pairs whose answer is known: counted, and added from a file. */
export function KnownAnswersPanel({ study }: { readonly study: StudyDetails }) {
  const [problem, setProblem] = useState('');
  const { example, practice, qualifying, gold } = study.knownAnswers;
  const add = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = knownAnswerLines(await file.text());
    if ('reason' in read) {
      setProblem(`${file.name}, line ${read.line}: ${read.reason}. Nothing was added.`);
      return;
    }
    const reply = await client.call('design.addKnownAnswers', {
      studyId: study.studyId,
      answers: read.answers as InputOf<'design.addKnownAnswers'>['answers'],
    });
    setProblem(reply.ok ? '' : reply.error.message);
  };
  return (
    <section className="panel" aria-label="Known answers">
      <h2>Known answers</h2>
      <p>
        {example} worked examples, {practice} to practise, {qualifying} to qualify, {gold} gold pairs. They
        are no part of the result.
      </p>
      <FileInput accept=".jsonl,.json" onChoose={([file]) => void add(file)}>
        Add from a JSON Lines file:{' '}
        <code>{'{"pair": "…", "stage": "gold", "verdict": "first", "explanation": "…"}'}</code>
      </FileInput>
      <FieldProblem text={problem} />
    </section>
  );
}
