/** The one list of methods. The dispatcher, preload, HTTP routes, typed client and reference derive from it. */
import type { z } from 'zod';
import type { DeepReadonly } from '../json/deep-readonly.ts';
import { agreementMethods } from './agreement-methods.ts';
import { auditMethods } from './audit-methods.ts';
import { designMethods } from './design-methods.ts';
import { exportMethods } from './export-methods.ts';
import { hostMethods } from './host-methods.ts';
import { importMethods } from './import-methods.ts';
import { jobMethods } from './job-methods.ts';
import { judgeBatchMethods } from './judge-batch-methods.ts';
import { judgeMethods } from './judge-methods.ts';
import { packMethods } from './pack-methods.ts';
import { packWorkMethods } from './pack-work-methods.ts';
import { pairMethods } from './pair-methods.ts';
import { qualityMethods } from './quality-methods.ts';
import { ratingMethods } from './rating-methods.ts';
import type { ReplyOfSchema } from './reply-schema.ts';
import { reviewMethods } from './review-methods.ts';
import { seatMethods } from './seat-methods.ts';
import { settingsMethods } from './settings-methods.ts';
import { studyMethods } from './study-methods.ts';

export const METHODS = Object.freeze({
  ...hostMethods,
  ...studyMethods,
  ...designMethods,
  ...ratingMethods,
  ...importMethods,
  ...jobMethods,
  ...agreementMethods,
  ...judgeMethods,
  ...judgeBatchMethods,
  ...exportMethods,
  ...settingsMethods,
  ...auditMethods,
  ...qualityMethods,
  ...reviewMethods,
  ...pairMethods,
  ...seatMethods,
  ...packWorkMethods,
  ...packMethods,
});

export type MethodName = keyof typeof METHODS;

/** What a caller passes. */
export type InputOf<Name extends MethodName> = DeepReadonly<z.input<(typeof METHODS)[Name]['input']>>;

/** What a handler receives, defaults filled in. */
export type ParsedInputOf<Name extends MethodName> = DeepReadonly<z.output<(typeof METHODS)[Name]['input']>>;

/** What comes back. */
export type ReplyOf<Name extends MethodName> = ReplyOfSchema<(typeof METHODS)[Name]['reply']>;

/** Methods that are answered from one view of the store, in a thread of their own. */
export type ReportName = {
  [Name in MethodName]: (typeof METHODS)[Name] extends { readonly isReport: true } ? Name : never;
}[MethodName];

/** Methods that may take long, and are followed under a name the caller gives. */
export type TaskName = {
  [Name in MethodName]: (typeof METHODS)[Name] extends { readonly runs: 'worker' } ? Name : never;
}[MethodName];

/** Methods that answer with the id of a job. */
export type JobName = {
  [Name in MethodName]: (typeof METHODS)[Name] extends { readonly runs: 'job' } ? Name : never;
}[MethodName];

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}
