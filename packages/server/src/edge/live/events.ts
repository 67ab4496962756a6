import { setTimeout } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PersonActor } from '../../core/actor.ts'
import type { Live } from '../../core/outbox/live.ts'
import { letGo } from '../http/connections/let-go.ts'
import { PATIENCE } from '../http/connections/patience.ts'

/** Streams of server-sent events that stand open. */
export interface LiveStreams {
  /**
   * Keeps the answer open and writes what changes (HTML Standard §9.2).
   *
   * @param lives the caller as they stand now, while their session does; asking must not count as their being there, or a window left
   *   open would keep its session for ever
   */
  open(call: {
    actor: PersonActor
    request: FastifyRequest
    reply: FastifyReply
    lives: () => Promise<PersonActor | undefined>
  }): Promise<void>
  /** Ends all, so that the door can close; clients come back with their last id. */
  close(): void
}

// A comment line now and then keeps relays from cutting, and finds out who is gone.
const HEARTBEAT = 20_000
const PAUSE = 250
const LONGEST_PAUSE = 5_000
// A peer that reads nothing keeps no memory: events are short, and a browser that comes back is told what it missed.
const UNREAD = 65_536
// A person may have so many windows open; the desk so many people.
const MOST_OF_ONE = 10
const MOST = 2_000

interface Stream {
  readonly person: string
  end(): void
}

export function makeLiveStreams(live: Live): LiveStreams {
  const streams = new Set<Stream>()

  const makeRoom = (person: string): void => {
    const own = [...streams].filter((stream) => stream.person === person)
    if (own.length >= MOST_OF_ONE) own[0]!.end()
    if (streams.size >= MOST) [...streams][0]!.end()
  }

  return {
    async open({ actor, request, reply, lives }) {
      let last = lastEventId(request) ?? (await live.latest())
      makeRoom(actor.id)
      reply.hijack()
      const { raw } = reply
      raw.shouldKeepAlive = false // a stream is the last thing on its connection
      raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      raw.write(`retry: 3000\nid: ${last}\n\n`)

      let looking: Promise<void> | undefined
      let again = false
      /** @returns milliseconds after which there may be more, of which nobody is told */
      const look = async (pause: number): Promise<number | undefined> => {
        const current = await lives()
        if (!current) return void end()
        const { events, last: seen, more } = await live.after(current, last)
        last = seen
        if (raw.writableLength > UNREAD) return void end()
        for (const { id, event } of events) raw.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`)
        if (!more) return undefined
        return events.length > 0 ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE)
      }
      // However much happens, a stream looks a few times a second at most: a busy desk is not made busier by watchers.
      const looks = async (): Promise<void> => {
        let more: number | undefined
        do {
          again = false
          more = await look(more ?? PAUSE)
          await setTimeout(more ?? PAUSE, undefined, { ref: false })
        } while ((again || more !== undefined) && !raw.writableEnded)
      }
      const send = (): void => {
        again = true
        looking ??= looks()
          .catch(end)
          .finally(() => (looking = undefined))
      }
      const stopListening = live.onChange(send)
      const heartbeat = setInterval(() => {
        raw.write(':\n\n')
        send()
      }, HEARTBEAT)
      const end = (): void => {
        clearInterval(heartbeat)
        stopListening()
        streams.delete(stream)
        raw.end()
        if (raw.socket) letGo(raw.socket, PATIENCE.farewell)
      }
      const stream: Stream = { person: actor.id, end }
      streams.add(stream)
      request.raw.socket.setTimeout(0)
      raw.on('close', end)
      send()
    },
    close() {
      for (const stream of [...streams]) stream.end()
    },
  }
}

function lastEventId({ headers }: FastifyRequest): number | undefined {
  const text = String(headers['last-event-id'] ?? '')
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}

const headersOf = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
