/** Plain JavaScript on purpose: it must run on a Node that can neither read TypeScript nor load the store. */

/** Ends the process with one sentence where better-sqlite3 would crash it (it needs Node-API 10). */
export function requireNodeApi(versions = process.versions, exit = process.exit) {
  const nodeApi = Number(versions.napi ?? 0);
  if (nodeApi >= 10) return;
  console.error(
    `Touchstone needs a Node.js with Node-API 10 (22.14 or later, 24 recommended); this is ${versions.node} with Node-API ${nodeApi}. Run it through npm, which uses the version pinned in package.json.`,
  );
  exit(2);
}
