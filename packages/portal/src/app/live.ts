import { liveEvents } from '@scel/contract/routes'
import type { LiveEvent } from '@scel/contract/values'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Kind, meQuery, TOUCHES } from '../lib/desk/index.ts'

/** The kinds of thing that a stream message says have changed; none when it is not one of ours. */
export function touchedBy(data: string): readonly Kind[] {
  try {
    const event: unknown = JSON.parse(data)
    const kind = typeof event === 'object' && event !== null ? (event as Partial<LiveEvent>).kind : undefined
    return kind && Object.hasOwn(TOUCHES, kind) ? TOUCHES[kind] : []
  } catch {
    return []
  }
}

/**
 * Follows the desk's live stream while mounted, and looks again at what a change concerns. A burst of changes is one
 * look. After a broken connection everything is looked at again, because something may have been missed.
 * @returns whether the stream is open
 */
export function useLive(): boolean {
  const queries = useQueryClient()
  const [open, setOpen] = useState(true)
  useEffect(() => {
    const waiting = new Set<Kind>()
    let timer: ReturnType<typeof setTimeout> | undefined
    let broken = false
    const look = () => {
      timer = undefined
      const kinds = [...waiting]
      waiting.clear()
      for (const kind of kinds) void queries.invalidateQueries({ queryKey: [kind] })
    }
    const stream = new EventSource(liveEvents.path)
    stream.onopen = () => {
      setOpen(true)
      if (broken) void queries.invalidateQueries()
      broken = false
    }
    stream.onerror = () => {
      broken = true
      setOpen(false)
      // The browser reconnects by itself unless it was refused; then the session has most likely ended.
      if (stream.readyState === EventSource.CLOSED) void queries.invalidateQueries({ queryKey: meQuery.queryKey })
    }
    stream.onmessage = ({ data }) => {
      for (const kind of touchedBy(String(data))) waiting.add(kind)
      if (waiting.size && timer === undefined) timer = setTimeout(look, 150)
    }
    return () => {
      stream.close()
      clearTimeout(timer)
    }
  }, [queries])
  return open
}
