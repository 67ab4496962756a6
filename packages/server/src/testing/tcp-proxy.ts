import { connect, createServer, type Socket } from 'node:net'

/** A wire that a test can cut, freeze, and look into: stands between a program and a server that speaks TCP. */
export interface TcpProxy {
  readonly port: number
  /** The same address, by way of the proxy. */
  through(url: string): string
  /** Nothing passes any more, in either direction, and nothing is closed: a network that swallows. */
  freeze(): void
  /** What was held back passes, in its order. */
  thaw(): void
  /** Every connection ends at once; new ones are taken. */
  cut(): void
  /** Sees what callers send, before it passes; `false` holds it back. */
  onSent: ((bytes: Buffer, wire: Wire) => boolean | undefined) | undefined
  /** Sees what the server answers, before it passes; `false` holds it back. */
  onAnswered: ((bytes: Buffer, wire: Wire) => boolean | undefined) | undefined
  close(): Promise<void>
}

/** One connection through the proxy. */
export interface Wire {
  cut(): void
}

/** Opens a proxy on a free port of this machine. */
export async function openTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const wires = new Set<Wire>()
  const held: (() => void)[] = []
  let frozen = false
  const pass = (act: () => void): void => {
    if (frozen) held.push(act)
    else act()
  }
  const server = createServer((near) => {
    const far = connect(target)
    const wire: Wire = {
      cut: () => {
        wires.delete(wire)
        near.resetAndDestroy()
        far.resetAndDestroy()
      },
    }
    wires.add(wire)
    join(near, far, (bytes) => proxy.onSent?.(bytes, wire))
    join(far, near, (bytes) => proxy.onAnswered?.(bytes, wire))
  })
  const join = (from: Socket, to: Socket, look: (bytes: Buffer) => boolean | undefined): void => {
    from.on('error', () => {}) // a cut is what this is for
    from.on('data', (bytes: Buffer) => pass(() => void (look(bytes) !== false && !to.destroyed && to.write(bytes))))
    from.on('close', () => pass(() => to.destroy()))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const cut = (): void => {
    for (const wire of [...wires]) wire.cut()
  }
  const proxy: TcpProxy = {
    port,
    through: (url) => {
      const address = new URL(url)
      address.host = `127.0.0.1:${port}`
      return address.href
    },
    freeze: () => {
      frozen = true
    },
    thaw: () => {
      frozen = false
      for (const act of held.splice(0)) act()
    },
    cut,
    onSent: undefined,
    onAnswered: undefined,
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}
