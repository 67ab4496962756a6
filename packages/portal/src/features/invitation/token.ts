// The one-time token stands in the fragment of the link, which no server sees. It is read once and taken out of the
// address and the history at once; from then on it lives in this variable only.

const PAGE = '/invitation'
let token: string | undefined

/** Called before anything else looks at the address. */
export function takeInvitationToken(): void {
  if (location.pathname !== PAGE || location.hash.length < 2) return
  token = location.hash.slice(1)
  history.replaceState(null, '', PAGE)
}

/** The token, when the page was opened with one of the right form (32 bytes in base64url). */
export function invitationToken(): string | undefined {
  return token !== undefined && isToken(token) ? token : undefined
}

export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
