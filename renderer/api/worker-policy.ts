interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): unknown;
}

// The page's policy lets no other script in; the texts of its own workers are the only addresses that may become one.
(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => {
    if (address.startsWith('blob:')) return address;
    throw new TypeError('Only the page’s own workers may be started.');
  },
});
