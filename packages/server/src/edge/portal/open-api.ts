import swagger from '@fastify/swagger'
import { whoAmI } from '@scel/contract/routes'
import { Problem } from '@scel/contract/values'
import type { About } from '../api/about.ts'
import { shared } from '../http/connections/shared.ts'
import type { Door } from '../http/door/door.ts'

/** The description of the API at /api/openapi.json, made from the contract itself. Call before the routes are added. */
export async function addOpenApi(door: Door, { name, version, services }: About): Promise<void> {
  await door.register(swagger, {
    transformObject: (made) => {
      const { paths, ...rest } = (made as { openapiObject: Record<string, unknown> & { paths: object } }).openapiObject
      return { ...rest, paths: { ...paths, ...mutualPaths(services.mutual) } } as never
    },
    openapi: {
      openapi: '3.1.0',
      info: { title: `${name} — Scel`, version, description: 'Errors are application/problem+json (see Problem).' },
      servers: [{ url: services.portal }],
      components: {
        schemas: { Problem: Problem as never },
        securitySchemes: {
          person: { type: 'apiKey', in: 'cookie', name: '__Host-scel-session', description: 'a signed-in person' },
          applicant: {
            type: 'apiKey',
            in: 'header',
            name: 'scel-applicant',
            description: 'signed with an applicant key',
          },
          // OpenAPI 3.1 §4.8.27; the plugin's types know 3.0 only.
          certificate: { type: 'mutualTLS', description: `at ${services.mutual}` } as never,
        },
      },
    },
  })
  let text: Buffer | undefined // made once: it never changes, and all who do not read it share it
  door.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    text ??= shared(Buffer.from(JSON.stringify(door.swagger())))
    return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(text)
  })
}

/** The calls of the mutual door, which are not behind this one but belong to the same API. */
const mutualPaths = (server: string): Record<string, unknown> => ({
  [whoAmI.path]: {
    servers: [{ url: server }],
    get: {
      summary: whoAmI.summary,
      tags: [whoAmI.tag],
      security: [{ certificate: [] }],
      responses: {
        200: { description: whoAmI.summary, content: { 'application/json': { schema: whoAmI.output } } },
        default: { description: 'refused', content: { 'application/problem+json': { schema: Problem } } },
      },
    },
  },
})
