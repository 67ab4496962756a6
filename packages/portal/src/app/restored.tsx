import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { deskQuery } from '../lib/desk/index.ts'
import { useDates, useText } from '../lib/languages/index.ts'
import { Stripe } from '../ui/index.ts'

/** Above every page, signed in or not, while the desk changes nothing because its database was put back from a backup. */
export function Restored(): ReactNode {
  const text = useText()
  const dates = useDates()
  // It comes and goes while somebody has the portal open.
  const { data } = useQuery({ ...deskQuery, refetchInterval: LOOK_AGAIN })
  if (!data?.restored) return null
  return (
    <Stripe tone="bad" strong={text('app.restored')}>
      {text('app.restoredExplained', { since: dates.moment(data.restored.since) })}
    </Stripe>
  )
}

const LOOK_AGAIN = 60_000
