import { useState } from 'react';
import type { JudgeDefinitionInput } from '../../../shared/judge/judge-definition.ts';
import { TableScroll } from '../../components/TableScroll.tsx';
import { useQuery } from '../../state/query.ts';
import { judgeFailureText } from './definition-words.ts';

/** The exact prompts for one pair of the study, as they would be sent. */
export function JudgePreview({
  studyId,
  definition,
}: {
  readonly studyId: string;
  /** Null while it cannot be read. */
  readonly definition: JudgeDefinitionInput | null;
}) {
  if (definition !== null) return <Preview studyId={studyId} definition={definition} />;
  return (
    <section className="panel" aria-label="Preview">
      <h2>What is sent</h2>
      <p className="quiet">
        The exact prompt for a pair of this study stands here once the judge can be read.
      </p>
    </section>
  );
}

function Preview({
  studyId,
  definition,
}: {
  readonly studyId: string;
  readonly definition: JudgeDefinitionInput;
}) {
  const [number, setNumber] = useState(1);
  const { value, error } = useQuery('judges.preview', { studyId, definition, number });
  return (
    <section className="panel" aria-label="Preview">
      <div className="panel-head">
        <h2>What is sent</h2>
        <div className="button-row">
          <button type="button" disabled={number <= 1} onClick={() => setNumber(number - 1)}>
            Pair before
          </button>
          <span>
            Pair {number}
            {value === null ? '' : ` of ${value.pairs.toLocaleString('en')}`}
          </span>
          <button
            type="button"
            disabled={value === null || number >= value.pairs}
            onClick={() => setNumber(number + 1)}
          >
            Next pair
          </button>
        </div>
      </div>
      {error !== null && (
        <p className={error.code === 'invalid_input' ? 'field-problem' : 'quiet'} role="status">
          {judgeFailureText(error)}
        </p>
      )}
      {value !== null && error === null && (
        <>
          <p className="quiet">
            {value.requests.length === 1 ? 'One request' : `${value.requests.length} requests`} for each
            sample of this pair, up to {value.promptTokens.toLocaleString('en')} tokens each.
          </p>
          {value.requests.map((messages, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: requests of one pair have no name and never move
            <details key={index} open={index === 0}>
              <summary>Request {index + 1}</summary>
              {messages.map(({ role, content }) => (
                <figure key={role} className="sent-message">
                  <figcaption>{role}</figcaption>
                  <TableScroll label={`${role} message of request ${index + 1}`}>
                    <pre>{content}</pre>
                  </TableScroll>
                </figure>
              ))}
            </details>
          ))}
        </>
      )}
    </section>
  );
}
