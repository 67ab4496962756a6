import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import { setTimeout } from 'node:timers/promises'
import type { TestDesk, Visitor } from '../src/testing/index.ts'

export interface EventStream {
  readonly response: IncomingMessage
  close(): void
  /** All that came so far. */
  text(): string
  ends(): Promise<void>
  sees(pattern: RegExp): Promise<void>
  lastId(): string
}

/** A stream as a browser's EventSource reads it. */
export async function listenAt(
  desk: TestDesk,
  { cookie }: Visitor,
  headers: Record<string, string> = {},
): Promise<EventStream> {
  const request = https.get(`${desk.services.portal}/api/events`, { ca: desk.root, headers: { cookie, ...headers } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  let ended = false
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  response.on('close', () => (ended = true))
  const until = async (found: () => boolean): Promise<void> => {
    for (let tries = 0; !found(); tries++) {
      if (tries > 500) assert.fail(`not seen in: ${text}`)
      await setTimeout(20)
    }
  }
  return {
    response,
    close: () => void request.destroy(),
    text: () => text,
    ends: () => until(() => ended),
    sees: (pattern: RegExp) => until(() => pattern.test(text)),
    lastId: () => [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '',
  }
}
