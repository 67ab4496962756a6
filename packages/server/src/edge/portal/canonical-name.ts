import type { Door } from '../http/door/door.ts'

/**
 * Sends a browser that came under another name (`127.0.0.1`, a short host name) to the portal's own address: cookies,
 * origins and the certificate belong to one name. Calls of programs are left alone.
 */
export function addCanonicalName(door: Door, portal: string): void {
  const { host } = new URL(portal)
  door.addHook('onRequest', async (request, reply) => {
    const { headers, method, url } = request
    if (headers.host === host || method !== 'GET' || headers['sec-fetch-mode'] !== 'navigate') return
    // The path is kept, but only as a path of ours: `//elsewhere` would be an address of its own.
    await reply.redirect(`${portal}/${url.replace(/^\/+/, '')}`, 307)
  })
}
