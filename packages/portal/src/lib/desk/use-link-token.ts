import { useEffect, useState } from 'react'
import { linkToken, takeLinkToken } from './link-token.ts'

/** The token that a page was opened with. Another link opened in the same tab changes the fragment only: the page is not loaded again. */
export function useLinkToken(page: Parameters<typeof linkToken>[0]): string | undefined {
  const [token, setToken] = useState(() => linkToken(page))
  useEffect(() => {
    const again = () => {
      takeLinkToken()
      setToken(linkToken(page))
    }
    addEventListener('hashchange', again)
    return () => removeEventListener('hashchange', again)
  }, [page])
  return token
}
