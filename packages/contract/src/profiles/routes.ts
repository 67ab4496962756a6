import { Type } from 'typebox'
import { person, route } from '../routing/route.ts'
import { Profile } from './values.ts'

/** In the order of their names. A manager is shown those that managers see. */
export const listProfiles = route({
  method: 'GET',
  path: '/api/profiles',
  summary: 'Profiles: what certificates may contain, and what kits may ask for',
  tag: 'certificates',
  access: person('read_profiles'),
  output: Type.Object({ items: Type.Array(Profile) }),
})
