/** What a form could not do, said where it was asked and read out at once; nothing while there is nothing to say. */
export function FieldProblem({ text }: { readonly text: string }) {
  if (text === '') return null;
  return (
    <p role="alert" className="field-problem">
      {text}
    </p>
  );
}
