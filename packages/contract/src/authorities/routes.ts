import { Type } from 'typebox'
import { Id } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { Authority, DueCeremony } from './values.ts'

export const listAuthorities = route({
  method: 'GET',
  path: '/api/authorities',
  summary: 'The authorities of this environment, the root first',
  tag: 'authorities',
  access: person('read_authorities'),
  output: Type.Object({
    items: Type.Array(Authority),
    ceremonies: Type.Array(DueCeremony, { description: 'what waits for somebody to bring the passphrase of the root' }),
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
