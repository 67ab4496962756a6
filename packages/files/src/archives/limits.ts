/** What one archive holds at most: its list is held in memory. */
export const MOST_ENTRIES = 1_000_000
