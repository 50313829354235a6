import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { PickedFile } from '../../shared/contract/host-methods.ts';
import { client, uploadFiles } from '../api/host.ts';
import { useQuery } from '../state/query.ts';
import { FileInput } from './FileInput.tsx';

/** Hands files to the host: with its own dialog where it has one, else by the page. */
export function FileChoice({
  label,
  accept,
  isMultiple = false,
  onFiles,
  onProblem,
}: {
  readonly label: string;
  /** Endings of names, with commas between. */
  readonly accept: string;
  readonly isMultiple?: boolean;
  readonly onFiles: (files: readonly PickedFile[]) => void;
  readonly onProblem: (failure: Failure) => void;
}) {
  const { t } = useTranslation();
  const { value: host } = useQuery('host.info', {});
  const [isReading, setIsReading] = useState(false);
  const pick = async () => {
    const reply = await client.call('host.pickFiles', {});
    if (!reply.ok) onProblem(reply.error);
    else if (reply.value.length > 0) onFiles(reply.value);
  };
  const upload = async (files: readonly File[]) => {
    setIsReading(true);
    const { taken, problem } = await uploadFiles(files);
    setIsReading(false);
    if (problem !== null) onProblem(problem);
    if (taken.length > 0) onFiles(taken);
  };
  if (host?.capabilities.pickFiles === true)
    return (
      <button type="button" onClick={() => void pick()}>
        {label}
      </button>
    );
  return (
    <>
      <FileInput accept={accept} isMultiple={isMultiple} onChoose={(files) => void upload(files)}>
        {label}
      </FileInput>
      {isReading && <p role="status">{t('state.loading')}</p>}
    </>
  );
}
