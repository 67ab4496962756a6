import type { Duplex } from 'node:stream'

/**
 * Lets go of a connection on which the desk has said its last word (`end` was called). The other side has a moment to read it and to hang
 * up; who does not is cut off, since a half-closed connection has no end of its own, and a descriptor is one whatever
 * its state.
 *
 * @param farewell milliseconds
 */
export function letGo(socket: Duplex, farewell: number): void {
  if (socket.destroyed) return
  const cut = setTimeout(() => socket.destroy(), farewell)
  socket.once('close', () => clearTimeout(cut))
  // What still arrives is thrown away: closing on unread bytes would reset the connection, and the last word with it.
  socket.resume()
}
