import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { folderFor, makeTlsFiles } from '@scel/testkit/peers'
import { pino } from 'pino'
import { type Listener, type ListenOptions, listen, type TlsDoor } from '../edge/http/connections/listener.ts'
import type { Patience } from '../edge/http/connections/patience.ts'
import { type Door, makeDoor } from '../edge/http/door/door.ts'
import { call } from './call.ts'

// Time limits that a test can wait for: what is tested is that each has an end, not how long it is.
const SHORT: Patience = {
  ...{ handshake: 400, headers: 400, call: 800, idle: 1_000 },
  ...{ stalled: 1_000, reading: 1_000, farewell: 200, look: 50 },
}
/** Another network than that of everybody else here. */
export const ATTACKER = '127.0.0.2'

/** More than all buffers on the way to a client hold. */
export const LARGE: string = 'x'.repeat(16_000_000)

export interface Site {
  readonly name: string
  readonly listener: Listener
  readonly tls: TlsDoor | undefined
  readonly log: readonly string[]
  /** The door's end of the connection of each call. */
  readonly asked: readonly Socket[]
}

/** A door of each kind: plain, with TLS, and with TLS that asks for a certificate. */
export async function doorsOf(
  t: TestContext,
  limits: Pick<ListenOptions, 'capacity' | 'unread' | 'unfinished' | 'patience'> = {},
  furnish: (door: Door) => void | Promise<void> = () => {},
): Promise<Site[]> {
  const { certificate, key } = makeTlsFiles(folderFor(t))
  const identity = { chain: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
  const kinds = { plain: undefined, tls: identity, mutual: { ...identity, askFor: [identity.chain] } }
  return Promise.all(
    Object.entries(kinds).map(async ([name, tls]) => {
      const log: string[] = []
      const door = makeDoor(name, pino({ level: 'info' }, { write: (line: string) => void log.push(line) }))
      const asked: Socket[] = []
      door.addHook('onRequest', async ({ raw }) => void asked.push(raw.socket))
      door.get('/', async () => 'here')
      door.get('/large', async () => LARGE)
      await furnish(door)
      await door.ready()
      const listener = await listen({
        ...{ routing: door.routing, log: door.log, port: 0, hosts: ['127.0.0.1'], ...limits },
        ...(tls && { tls }),
        patience: { ...SHORT, ...limits.patience },
      })
      t.after(() => listener.close(0))
      return { name, listener, tls, log, asked }
    }),
  )
}

export const visit = async ({ listener, tls }: Site): Promise<number> => {
  const scheme = tls ? 'https' : 'http'
  return (await call(`${scheme}://localhost:${listener.port}/`, { ...(tls && { ca: tls.chain }) })).status
}

/** A connection that is never closed from this side, whatever the other one does. */
export function stubborn(t: TestContext, port: number, from = '127.0.0.1'): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true })
  socket.on('error', () => undefined)
  t.after(() => socket.destroy())
  return socket
}

export async function connected(socket: Socket): Promise<void> {
  if (socket.connecting) await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
}

/** Waits until the door holds no connection. What hangs is found by the patience of the test command. */
export async function empty({ listener }: Site): Promise<void> {
  while (listener.held > 0) await pause(20)
}

export async function secondLoopback(t: TestContext): Promise<boolean> {
  const socket = connect({ port: 9, host: '127.0.0.1', localAddress: ATTACKER })
  const [error] = (await once(socket, 'close').catch((reason) => [reason])) as [NodeJS.ErrnoException]
  socket.destroy()
  if (error.code === 'ECONNREFUSED') return true
  t.skip(`this machine has no address ${ATTACKER}`)
  return false
}
