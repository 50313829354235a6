import { type FormEvent, useState } from 'react';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';

/** Sets the key of an endpoint. What is typed goes to the host and never comes back. */
export function EndpointKeyForm({
  endpoint,
  onSet,
}: {
  readonly endpoint: string;
  readonly onSet: () => void;
}) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState('');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await client.call('judges.setKey', { endpoint, key });
    setKey('');
    if (reply.ok) onSet();
    else setProblem(reply.error.message);
  };
  return (
    <form className="inline-form" onSubmit={(event) => void save(event)}>
      <label>
        Key for {new URL(endpoint).origin}
        <input
          type="password"
          value={key}
          autoComplete="off"
          maxLength={4096}
          onChange={(event) => setKey(event.target.value)}
        />
      </label>
      <button type="submit" disabled={key.trim() === ''}>
        Keep the key
      </button>
      <FieldProblem text={problem} />
    </form>
  );
}
