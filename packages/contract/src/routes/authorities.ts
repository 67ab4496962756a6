import { Type } from 'typebox'
import { Authority } from '../values/authority.ts'
import { person, route } from './route.ts'

export const listAuthorities = route({
  method: 'GET',
  path: '/api/authorities',
  summary: 'The authorities of this environment, the root first',
  tag: 'authorities',
  access: person(),
  output: Type.Object({ items: Type.Array(Authority) }),
})
