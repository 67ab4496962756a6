import { setTimeout as pause } from 'node:timers/promises'
import { BroadcastChannel } from 'node:worker_threads'
import pg from 'pg'
import type { Peers } from '../../core/outbox/peers.port.ts'
import { destroy } from './lookout.ts'

// LISTEN and NOTIFY on one connection. A notification says nothing but that there is something: what, each desk reads from the outbox, from
// where it had come to. So one that is lost costs time, and one that somebody else sends costs a look. It is sent after the commit and not
// within it: commits that notify wait for one another (documentation of NOTIFY), and what happens at once is said once.

export interface PeersOptions {
  /** Told when others cannot be heard, and when they can again. @default nobody */
  readonly told?: (isHeard: boolean) => void
  /** Milliseconds until the next try, the first time; then twice as long each time, up to a minute. */
  readonly retry?: number
  /** Milliseconds after which a connection that says nothing is asked whether it is there, and in which it has to answer. */
  readonly silence?: number
}

export interface OpenPeers extends Peers {
  /** Begins to listen. */
  open(): void
  /** May be called twice, and without `open`. */
  close(): Promise<void>
}

export function postgresPeers(
  url: string,
  { told = () => {}, retry = 500, silence = 10_000 }: PeersOptions = {},
): OpenPeers {
  const listeners: (() => void)[] = []
  const closed = new AbortController()
  let client: pg.Client | undefined
  let running: Promise<void> | undefined
  let telling: Promise<void> | undefined
  let isUnsaid = false
  let isCrowded = false

  const say = async (): Promise<void> => {
    while (isUnsaid && client) {
      const to = client
      isUnsaid = false
      try {
        await to.query(`NOTIFY ${CHANNEL}`)
      } catch {
        isUnsaid = true // said on the next connection
        client = undefined
        destroy(to)
      }
    }
  }
  const tell = (): void => {
    isUnsaid = true
    telling ??= say().finally(() => {
      telling = undefined
      if (isUnsaid && client) tell()
    })
  }

  /** @throws when the connection is lost, or none is granted */
  const hear = async (heard: () => void): Promise<never> => {
    const own = new pg.Client({
      ...{ connectionString: url, application_name: 'scel-desk-peers', keepAlive: true },
      ...{ connectionTimeoutMillis: silence, query_timeout: silence },
    })
    const crowd = new BroadcastChannel('scel-connections')
    const lost = new AbortController()
    const stop = (): void => {
      lost.abort()
      destroy(own)
    }
    own.on('error', stop)
    own.on('end', stop)
    own.on('notification', ({ processId }) => {
      if (processId !== (own as unknown as { processID: number }).processID)
        for (const listener of listeners) listener()
    })
    // Whoever works for this desk and has no connection at all shall have this one.
    crowd.onmessage = (event) => {
      if ((event as { readonly data: unknown }).data !== url) return
      isCrowded = true
      stop()
    }
    crowd.unref()
    closed.signal.addEventListener('abort', stop)
    try {
      await own.connect()
      await own.query(`LISTEN ${CHANNEL}`)
      client = own
      heard()
      for (;;) {
        await pause(silence, undefined, { signal: lost.signal, ref: false })
        await own.query('SELECT 1')
      }
    } finally {
      client = undefined
      closed.signal.removeEventListener('abort', stop)
      crowd.close()
      stop()
    }
  }

  const run = async (): Promise<void> => {
    let isHeard = true
    for (let wait = retry; !closed.signal.aborted; wait = Math.min(2 * wait, MINUTE)) {
      await hear(() => {
        if (!isHeard) told(true)
        isHeard = true
        wait = retry
        if (isUnsaid) tell()
        for (const listener of listeners) listener() // of what was said before
      }).catch(() => undefined)
      if (closed.signal.aborted) return
      if (isHeard) told(false)
      isHeard = false
      await pause(isCrowded ? MINUTE : wait, undefined, { signal: closed.signal, ref: false }).catch(() => undefined)
      isCrowded = false
    }
  }

  return {
    tell,
    listen: (listener) => void listeners.push(listener),
    open: () => {
      running ??= run()
    },
    close: async () => {
      await Promise.race([telling, pause(FAREWELL, undefined, { ref: false })])
      closed.abort()
      await running
    },
  }
}

const CHANNEL = 'scel_outbox'
/** Milliseconds. */
const MINUTE = 60_000
const FAREWELL = 1_000
