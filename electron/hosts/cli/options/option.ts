import { Option } from 'commander';

/** An option that need not be given. @param read turns what was typed into its value, or throws an InvalidArgumentError */
export function option(flags: string, about: string, read?: (text: string) => unknown): Option {
  const made = new Option(flags, about);
  return read === undefined ? made : made.argParser(read);
}

/** An option that must be given. */
export function required(flags: string, about: string, read?: (text: string) => unknown): Option {
  return option(flags, about, read).makeOptionMandatory();
}

/** An option that may be given several times. */
export function repeated(flags: string, about: string): Option {
  return new Option(flags, about)
    .argParser((value, before: readonly string[]) => [...before, value])
    .default([]);
}

/** An option with a closed set of values. */
export function oneOf(flags: string, about: string, values: readonly string[]): Option {
  return new Option(flags, about).choices([...values]);
}

export function studyOption(): Option {
  return required('--study <name>', 'the study');
}
