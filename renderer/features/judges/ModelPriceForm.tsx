import { type FormEvent, useState } from 'react';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';

/** Sets what a model costs, in dollars per million tokens, for estimates and ceilings. */
export function ModelPriceForm({ model, onSet }: { readonly model: string; readonly onSet: () => void }) {
  const [input, setInput] = useState('');
  const [output, setOutput] = useState('');
  const [problem, setProblem] = useState('');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const price = { inputPerMillion: Number(input), outputPerMillion: Number(output) };
    const reply = await client.call('judges.setPrice', { model, price });
    if (reply.ok) onSet();
    else setProblem(reply.error.message);
  };
  const field = (label: string, value: string, onChange: (text: string) => void) => (
    <label>
      {label}
      <input
        type="number"
        min={0}
        step="any"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
  return (
    <form className="inline-form" onSubmit={(event) => void save(event)}>
      {field('Dollars per million tokens in', input, setInput)}
      {field('… and out', output, setOutput)}
      <button type="submit">Keep the price</button>
      <FieldProblem text={problem} />
    </form>
  );
}
