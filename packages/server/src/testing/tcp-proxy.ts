import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A wire that a test can cut, freeze, and look into: stands between a program and a server that speaks TCP. */
export interface TcpProxy {
  readonly port: number
  /** The same address, by way of the proxy. */
  through(url: string): string
  /** Nothing passes any more, in either direction, and nothing is closed: a network that swallows. */
  freeze(): void
  /** Nothing passes on the connections that there are; those made from now on are well. */
  freezeEstablished(): void
  /** What was held back passes, in its order, on every connection. */
  thaw(): void
  /** Every connection ends at once; new ones are taken. */
  cut(): void
  /** Sees what callers send, before it passes; `false` loses it, `wait` freezes the connection and holds it back until `thaw`. */
  onSent: ((bytes: Buffer, wire: Wire) => Verdict) | undefined
  /** Sees what the server answers, before it passes; answers as `onSent`. */
  onAnswered: ((bytes: Buffer, wire: Wire) => Verdict) | undefined
  close(): Promise<void>
}

/** One connection through the proxy. */
export interface Wire {
  cut(): void
  /** Nothing passes on it any more. */
  freeze(): void
  /** What was held back on it passes, in its order. */
  thaw(): void
  /** Nothing is taken from the server any more, who cannot get rid of what it still has to say once the buffers between are full. */
  clog(): void
  /** The next is taken from the server after so many milliseconds. */
  rest(milliseconds: number): void
  /** What comes from now on takes so many milliseconds longer, in each direction. */
  delay(milliseconds: number): void
}

export type Verdict = boolean | 'wait' | undefined

/** Opens a proxy on a free port of this machine. */
export async function openTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const wires = new Set<Wire>()
  let swallowing = false
  const server = createServer((near) => {
    const far = connect(target)
    const wire = openWire(near, far, () => wires.delete(wire))
    if (swallowing) wire.freeze()
    wires.add(wire)
    wire.join(near, far, (bytes) => proxy.onSent?.(bytes, wire))
    wire.join(far, near, (bytes) => proxy.onAnswered?.(bytes, wire))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const each = (act: (wire: Wire) => void): void => {
    for (const wire of [...wires]) act(wire)
  }
  const proxy: TcpProxy = {
    port,
    through: (url) => {
      const address = new URL(url)
      address.host = `127.0.0.1:${port}`
      return address.href
    },
    freeze: () => {
      swallowing = true
      each((wire) => wire.freeze())
    },
    freezeEstablished: () => each((wire) => wire.freeze()),
    thaw: () => {
      swallowing = false
      each((wire) => wire.thaw())
    },
    cut: () => each((wire) => wire.cut()),
    onSent: undefined,
    onAnswered: undefined,
    close: async () => {
      each((wire) => wire.cut())
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

interface OpenWire extends Wire {
  /** Passes on what comes from one side to the other, after a look. */
  join(from: Socket, to: Socket, look: (bytes: Buffer) => Verdict): void
}

function openWire(near: Socket, far: Socket, gone: () => void): OpenWire {
  const held: (() => void)[] = []
  let frozen = false
  let slow = 0
  const pass = (act: () => void): void => {
    if (frozen) held.push(act)
    else act()
  }
  const freeze = (): void => {
    frozen = true
  }
  return {
    freeze,
    thaw: () => {
      frozen = false
      for (const act of held.splice(0)) pass(act)
    },
    clog: () => void far.pause(),
    rest: (milliseconds) => {
      far.pause()
      setTimeout(() => far.resume(), milliseconds)
    },
    delay: (milliseconds) => {
      slow = milliseconds
    },
    cut: () => {
      gone()
      near.resetAndDestroy()
      far.resetAndDestroy()
    },
    join: (from, to, look) => {
      let late = 0
      let last: Promise<unknown> = Promise.resolve()
      const arrive = (act: () => void): void => {
        if (slow === 0 && late === 0) {
          pass(act)
          return
        }
        late++
        const due = performance.now() + slow
        last = last
          .then(() => pause(Math.max(0, due - performance.now())))
          .then(() => {
            late--
            pass(act)
          }) // in its order, also when it is slow no more
      }
      const write = (bytes: Buffer): void => void (!to.destroyed && to.write(bytes))
      from.on('error', () => {}) // a cut is what this is for
      from.on('data', (bytes: Buffer) =>
        arrive(() => {
          const verdict = look(bytes)
          if (verdict === 'wait') {
            freeze()
            held.push(() => write(bytes))
          } else if (verdict !== false) write(bytes)
        }),
      )
      from.on('close', () => arrive(() => to.destroy()))
    },
  }
}
