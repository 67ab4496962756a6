const KEY = 'scel-place'

/** Remembers where someone wanted to go while they sign in; the sign-in comes back to the front page. */
export function rememberPlace(href: string): void {
  if (href === '/') return
  try {
    sessionStorage.setItem(KEY, href)
  } catch {
    // storage is switched off: the front page serves
  }
}

/** Gives the place once. Only paths of the portal itself are followed. */
export function takePlace(): string | undefined {
  try {
    const href = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return href && isOwnPath(href) ? href : undefined
  } catch {
    return undefined
  }
}

export const isOwnPath = (href: string): boolean => /^\/(?![/\\])/.test(href)
