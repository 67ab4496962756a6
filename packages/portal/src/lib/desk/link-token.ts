// The one-time token stands in the fragment of the link, which no server sees. It is read once and taken out of the
// address and the history at once; from then on it lives in this variable only.

const PAGES = ['/invitation', '/sign-in-link'] as const
type LinkPage = (typeof PAGES)[number]

let taken: { readonly page: LinkPage; readonly token: string } | undefined

/** Called before anything else looks at the address. */
export function takeLinkToken(): void {
  const page = PAGES.find((one) => one === location.pathname)
  if (page === undefined || location.hash.length < 2) return
  taken = { page, token: location.hash.slice(1) }
  history.replaceState(null, '', page)
}

/** The token, when this page was opened with one of the right form (32 bytes in base64url). */
export const linkToken = (page: LinkPage): string | undefined =>
  taken?.page === page && isToken(taken.token) ? taken.token : undefined

export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
