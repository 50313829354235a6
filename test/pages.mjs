/** Builds what the tests open, beside the other checks. */
import buildPages from './support/built-pages.ts';

await buildPages();
