import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { shared } from '../http/connections/shared.ts'
import { refusalOf } from '../http/door/answer-error.ts'
import { answerUnknownRoutes, type Door, refuseUnknownRoutes } from '../http/door/door.ts'

/**
 * The portal's files, read once: everybody gets the same bytes, and whoever does not read them holds neither a copy nor an
 * open file. Names under `assets/` carry a hash of their content and are kept for good; everything else is asked for anew.
 * An address that is no file and no call is a page of the portal: it gets the index, whose own router finds the page.
 *
 * @param folder the built portal; without it, `/` says how to build it
 */
export async function addPortal(door: Door, folder: string): Promise<void> {
  if (!existsSync(join(folder, INDEX))) {
    door.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT))
    return refuseUnknownRoutes(door)
  }
  const files = await readFiles(folder)
  const index = files.get(INDEX)!
  for (const [name, file] of [...files, ['', index] as const]) {
    // A description of the API tells of calls, not of files.
    door.get(`/${name}`, { schema: { hide: true } }, async (_request, reply) => send(reply, file))
  }
  answerUnknownRoutes(door, async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isPage(request)) throw refusalOf.unknownRoute(request)
    return send(reply.code(200), index)
  })
}

interface File {
  readonly type: string
  readonly cacheControl: string
  readonly bytes: Buffer
}

const send = (reply: FastifyReply, { type, cacheControl, bytes }: File): FastifyReply =>
  reply.header('cache-control', cacheControl).type(type).send(bytes)

/** By their paths in the folder. What is hidden, or has a name that no build gives, is nobody's. */
async function readFiles(folder: string): Promise<Map<string, File>> {
  const found = new Map<string, File>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    if (!entry.isFile() || !PLAIN.test(name)) continue
    found.set(name, {
      type: TYPES[extname(name)] ?? 'application/octet-stream',
      cacheControl: name.startsWith('assets/') ? FOREVER : 'no-store',
      bytes: shared(await readFile(path)),
    })
  }
  return found
}

const INDEX = 'index.html'
const PLAIN = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/

/** What a build of the portal holds. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

// A page is what a browser navigates to: it asks for HTML, under an address as the portal's router has them. Nothing
// with a dot, so that a missing file is a 404 and no address of dots gets an answer at all.
const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  /^\/(?!(?:api|errors|assets)(?:\/|$))[\w/-]*$/.test(url.split('?', 1)[0]!) &&
  (headers.accept ?? '').includes('text/html')

const FOREVER = 'public, max-age=31536000, immutable'
const NOT_BUILT = 'The portal is not built: run `npm run build -w @scel/portal`. The API is at /api.\n'
