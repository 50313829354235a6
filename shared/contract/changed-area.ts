/** What of the store is not as it was. */
export type ChangedArea = 'studies' | 'ratings' | 'settings' | 'mappings';
