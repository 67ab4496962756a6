import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refusalOf } from '../http/answer-error.ts'
import { type Door, refuseUnknownRoutes } from '../http/door.ts'

/**
 * The portal's files. Names under `assets/` carry a hash of their content and are kept for good; everything else is
 * asked for anew. An address that is no file and no call is a page of the portal: it gets the index, whose own router
 * finds the page.
 *
 * @param folder the built portal; without it, `/` says how to build it
 */
export async function addPortal(door: Door, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    door.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT))
    return refuseUnknownRoutes(door)
  }
  await door.register(files, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    dotfiles: 'deny',
    setHeaders: (response, path) => {
      response.header('cache-control', path.includes('/assets/') ? FOREVER : 'no-store')
    },
  })
  door.setNotFoundHandler({ preHandler: door.rateLimit() }, async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isPage(request)) throw refusalOf.unknownRoute(request)
    return reply.header('cache-control', 'no-store').sendFile('index.html')
  })
}

// A page is what a browser navigates to: it asks for HTML, under an address as the portal's router has them. Nothing
// with a dot, so that a missing file is a 404 and no address of dots gets an answer at all.
const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  /^\/(?!(?:api|errors|assets)(?:\/|$))[\w/-]*$/.test(url.split('?', 1)[0]!) &&
  (headers.accept ?? '').includes('text/html')

const FOREVER = 'public, max-age=31536000, immutable'
const NOT_BUILT = 'The portal is not built: run `npm run build -w @scel/portal`. The API is at /api.\n'
