import { Type } from 'typebox'
import { Id } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { Authority, DueCeremony } from './values.ts'

/** Everybody who signs in judges files by them, so what is public of them takes no right; the rest is for whoever has `read_authorities`. */
export const listAuthorities = route({
  method: 'GET',
  path: '/api/authorities',
  summary: 'The authorities of this environment, the root first',
  tag: 'authorities',
  access: person(),
  output: Type.Object({
    items: Type.Array(Authority),
    ceremonies: Type.Optional(
      Type.Array(DueCeremony, {
        description: 'what waits for somebody to bring the passphrase of the root; for whoever has read_authorities',
      }),
    ),
  }),
})

/**
 * A file, DER: the same list as at the address in certificates, where a page of the portal may not fetch it (plain HTTP,
 * another origin). Everybody has it at the public door.
 */
export const downloadCrl = route({
  method: 'GET',
  path: '/api/authorities/:id/crl',
  summary: 'The present revocation list of an authority',
  tag: 'authorities',
  access: person(),
  params: Type.Object({ id: Id }),
})
