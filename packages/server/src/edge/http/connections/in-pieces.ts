import type { Socket } from 'node:net'

/**
 * Octets that are parsed before it is asked again whether the connection still stands. Node's parser makes a request and a
 * response of every call in what it was given, those of a connection that was hung up on meanwhile too: 64 KiB of calls cost
 * as much as a hundred that are answered.
 */
const PIECE = 2_048

/**
 * Hands what arrives to the HTTP parser piece by piece, and nothing more once the connection has been hung up on. Call when
 * Node's own listeners have been set.
 */
export function readInPieces(socket: Socket): void {
  const [parse] = socket.listeners('data') as ((this: Socket, octets: Buffer) => void)[]
  if (!parse) return // hung up on already
  socket.off('data', parse)
  // A listener of our own: Node then takes the parser off the handle, which it would read from by itself.
  socket.on('data', (octets: Buffer) => {
    parse.call(socket, octets.subarray(0, PIECE))
    // Back in front of what comes next: it waits there while the connection is paused, too.
    if (octets.length > PIECE && !socket.destroyed) socket.unshift(octets.subarray(PIECE))
  })
}
