import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'
import { RefusalNote } from './refusal-note.tsx'

/** One thing asked of the desk: its skeleton, its error, or itself. */
export function Held<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>
  children: (value: T) => ReactNode
}): ReactNode {
  const text = useText()
  if (query.data !== undefined) {
    return (
      <>
        <RefusalNote error={query.error} again={() => void query.refetch()} />
        {children(query.data)}
      </>
    )
  }
  if (query.error) return <RefusalNote error={query.error} again={() => void query.refetch()} />
  return <Loading label={text('app.loading')} />
}
