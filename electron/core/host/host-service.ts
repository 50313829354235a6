import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { productVersion } from '../ports/product.ts';

export function hostInfo({ ports, beside }: AppContext): ReplyOf<'host.info'> {
  const hasDialogs = ports.dialogs !== undefined;
  return {
    version: productVersion,
    host: ports.host,
    capabilities: {
      pickFiles: hasDialogs,
      pickFolder: hasDialogs,
      packsBeside: beside.packs !== undefined,
      studiesBeside: beside.studies !== undefined,
      download: ports.host === 'http',
    },
  };
}

/** Leads back to the studies that a pack’s store was opened from. */
export async function showStudies({ beside }: AppContext): Promise<ReplyOf<'host.showStudies'>> {
  if (beside.studies === undefined)
    throw new ServiceError('unsupported_here', { key: 'file.no_studies_beside' });
  return { address: await beside.studies.show() };
}

export async function pickFiles({ ports, files }: AppContext): Promise<ReplyOf<'host.pickFiles'>> {
  if (ports.dialogs === undefined) throw noDialogs();
  return (await ports.dialogs.pickFiles()).map((path) => files.addFile(path));
}

export async function pickFolder({ ports, files }: AppContext): Promise<ReplyOf<'host.pickFolder'>> {
  if (ports.dialogs === undefined) throw noDialogs();
  const path = await ports.dialogs.pickFolder();
  return path === null ? null : { folderId: files.addPlace(path), path };
}

export function receiveFile(
  { files }: AppContext,
  { uploadId, name, data }: ParsedInputOf<'host.receiveFile'>,
): ReplyOf<'host.receiveFile'> {
  return files.append(uploadId, name, Buffer.from(data, 'base64'));
}

function noDialogs(): ServiceError {
  return new ServiceError('unsupported_here', { key: 'file.no_dialog' });
}
