import { type MethodEntry, methodEntries, methodReference } from '../../../../shared/contract/reference.ts';
import type { CliCommand } from '../client/command.ts';

export const command: CliCommand<object, { readonly methods: Readonly<Record<string, MethodEntry>> }> = {
  spec: { about: 'the reference of all methods, as Markdown' },
  run: async () => ({ methods: methodEntries() }),
  text: () => methodReference().trimEnd(),
};
