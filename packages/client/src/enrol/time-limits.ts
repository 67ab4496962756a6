import type { ClientRequest } from 'node:http'
import { TLSSocket } from 'node:tls'

export interface TimeLimits {
  /** Until the connection stands (name, TCP and TLS together), and of silence after that. */
  readonly silence: number
  /** For the whole call: somebody who sends an octet now and then is not silent, and never done. */
  readonly whole: number
}

/**
 * Watches a call from its beginning. `late` is called at most once, with the seconds that were exceeded. A socket's own
 * time limit begins anew with every step of a connection, and counts octets below TLS; these count what was asked for.
 */
export function limitTime(
  request: ClientRequest,
  { silence, whole }: TimeLimits,
  late: (seconds: number) => void,
): void {
  let quiet: NodeJS.Timeout
  const stop = (): void => {
    clearTimeout(quiet)
    clearTimeout(all)
  }
  const over = (seconds: number) => (): void => {
    stop()
    late(seconds)
  }
  const all = setTimeout(over(whole), whole * 1_000)
  const heard = (): void => {
    clearTimeout(quiet)
    quiet = setTimeout(over(silence), silence * 1_000)
  }
  heard()
  request.on('socket', (socket) => socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', heard))
  request.on('response', (response) => {
    heard()
    response.on('data', () => quiet.refresh()) // for each piece, of which somebody may send millions
  })
  request.on('close', stop)
}
