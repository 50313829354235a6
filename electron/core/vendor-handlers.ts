/** Everything a vendor's store answers. Whatever does not stand here is the lead's, and is not there. */
import type { MethodName } from '../../shared/contract/methods.ts';
import { runReport } from './context/run-report.ts';
import type { Handlers } from './handlers.ts';
import { backUpStore } from './host/back-up-store.ts';
import { hostInfo, pickFiles, receiveFile, showStudies } from './host/host-service.ts';
import { getSettings, putSettings } from './host/settings-service.ts';
import { checkPackWork, makeReturn, openHandedPack } from './packs/vendor-service.ts';

type RatingMethod = Extract<MethodName, `rating.${string}`>;

type VendorMethod =
  | Exclude<RatingMethod, 'rating.raters'>
  | Extract<
      MethodName,
      | 'host.info'
      | 'host.pickFiles'
      | 'host.nameFile'
      | 'host.namePlace'
      | 'host.handedFile'
      | 'host.receiveFile'
      | 'host.showStudies'
      | 'doctor.report'
      | 'store.backup'
      | 'settings.get'
      | 'settings.put'
      | 'seat.get'
      | 'jobs.get'
      | 'jobs.cancel'
    >
  | 'packs.open'
  | 'packs.opened'
  | 'packs.makeReturn'
  | 'packs.check';

export const VENDOR_HANDLERS: Pick<Handlers, VendorMethod> = {
  'host.info': hostInfo,
  'host.pickFiles': pickFiles,
  'host.nameFile': ({ files }, { path, name }) => files.nameFile(path, name),
  'host.namePlace': ({ files }, { path }) => ({ placeId: files.addPlace(path) }),
  'host.handedFile': ({ files }) => files.takeHanded(),
  'host.receiveFile': receiveFile,
  'host.showStudies': showStudies,
  'doctor.report': (context, input, controls) => runReport(context, 'doctor.report', input, controls),
  'store.backup': backUpStore,
  'settings.get': getSettings,
  'settings.put': putSettings,
  'seat.get': () => ({ role: 'vendor' }),
  'jobs.get': ({ jobs }, { jobId }) => jobs.get(jobId),
  'jobs.cancel': ({ jobs }, { jobId }) => jobs.cancel(jobId),
  'packs.open': openHandedPack,
  'packs.opened': ({ packs }) => packs.listOpened(),
  'packs.makeReturn': makeReturn,
  'packs.check': checkPackWork,
  'rating.begin': ({ packs }, input) => packs.begin(input),
  'rating.submit': ({ packs }, input) => packs.submit(input),
  'rating.undo': ({ packs }, input) => packs.undo(input),
  'rating.keepDraft': ({ packs }, input) => packs.keepDraft(input),
  'rating.consent': ({ packs }, input) => packs.consent(input),
  'rating.closeBlock': ({ packs }, input) => packs.closeBlock(input),
  'rating.examples': ({ packs }, input) => packs.examples(input),
  'rating.history': ({ packs }, input) => packs.history(input),
  'rating.revisit': ({ packs }, input) => packs.revisit(input),
};
