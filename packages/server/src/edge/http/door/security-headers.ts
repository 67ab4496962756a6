import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import type { Door } from './door.ts'

/** What a browser may do with what this door answers. */
export interface Surroundings {
  /** Origin of the mutual door: the sign-in form goes there. Absent where no page is shown. */
  readonly formsTo?: string
}

/**
 * Headers of every answer. Scripts come from our own files only. Styles may stand in attributes, because the portal's
 * components set sizes and positions that way; a style attribute runs nothing. Nothing is loaded from elsewhere.
 */
export async function addSecurityHeaders(door: Door, { formsTo }: Surroundings): Promise<void> {
  await door.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: formsTo ? pagePolicy(formsTo) : nothingPolicy },
    // A browser that was told to insist on TLS insists on it for every port of the name (RFC 6797 §8.3), and the lists
    // and authority certificates are fetched over HTTP on one of them. Nothing of ours listens at port 80, and the
    // session cookie is never sent without TLS.
    strictTransportSecurity: false,
    // `same-origin` would make a browser send `Origin: null` with the sign-in form; the path is never told.
    referrerPolicy: { policy: 'strict-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    frameguard: { action: 'deny' },
    originAgentCluster: true,
  } satisfies FastifyHelmetOptions)
  door.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS)
  })
}

// The keys of a directive are helmet's spelling of RFC-less CSP3 names.
const pagePolicy = (formsTo: string) => ({
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'", formsTo],
  frameAncestors: ["'none'"],
})

const nothingPolicy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
}

const PERMISSIONS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ')
