/** Builds what the tests open, beside the other checks. */
import { buildPages } from './support/prepare.ts';

await buildPages();
